"""What the script of the coding screen says, in the reader's language; names in braces are filled in by it."""

from __future__ import annotations

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    return {**_of_the_text(), **_of_the_form(), **_of_the_list(), **_of_what_fails()}


def words_of_a_round() -> dict[str, str]:
    """The same, where what is coded is a reading and no position."""
    return {
        **words(),
        "new_statement": _("New reading"),
        "edit_statement": _("Your reading of {speaker}"),
        "saved": _("Saved, seen by you alone. Your readings in this round: {count}"),
        "removed": _("Taken back. The history of the round keeps it."),
        "remove": _("Take back"),
        "remove_position": _("Take this reading back?"),
        "yes_remove": _("Take back"),
        "paraphrase": _("Coder's paraphrase:"),
        "meanwhile": _("This reading was changed in another window while you were at it. Nothing was overwritten."),
        "gone": _("This reading was taken back meanwhile. What you typed can be saved as a new one."),
        "theirs": _("Now in the round"),
        "one_passage": _("A reading has one passage. Code the other as a reading of its own."),
    }


def _of_the_text() -> dict[str, str]:
    return {
        "paragraph": _("Paragraph {number}."),
        "chosen": _("Chosen: {words}"),
        "nothing_chosen": _("Nothing is chosen."),
        "on_marks": _("Marked: {marks}"),
        "mark_of": _("Mark {number} of {total}: {mark}"),
        "no_marks": _("There is no mark here."),
        "choose_first": _("Choose some words of the text first."),
        "choose_again": _("Choose the other passage in the text and press Enter. Escape keeps the one there is."),
        "which_mark": _("Several marks lie here. Which one?"),
        "which_position": _("To which position does this passage belong, too?"),
        "no_positions": _("Nothing is coded from this source yet."),
        "which_paragraph": _("Go to paragraph"),
    }


def _of_the_form() -> dict[str, str]:
    return {
        "new_statement": _("New position"),
        "edit_statement": _("Position of {speaker}"),
        "take_part": _("This debate"),
        "others": _("Others; they are added to the debate"),
        "used": _("Used in this debate"),
        "all": _("All propositions"),
        "new_proposition": _("New proposition: “{words}”"),
        "no_offers": _("Nothing fits these words."),
        "saving": _("Saving …"),
        "saved": _("Saved. Positions from this source: {count}"),
        "passage_added": _("The passage was added."),
        "passage_removed": _("The passage was removed."),
        "removed": _("Removed. The history keeps it."),
        "kept": _("Kept unfinished."),
        "go_on": _("Go on"),
        "throw_away": _("Throw away"),
        "not_kept": _("This browser keeps nothing: what you type is lost when the page is closed."),
        "remove_position": _("Remove this position with all its evidence?"),
        "remove_passage": _("Remove this passage from the position?"),
        "why": _("Why? (needed where it is published)"),
        "yes_remove": _("Remove"),
        "text_moved": _("The text was changed since: choose the passage again."),
    }


def _of_the_list() -> dict[str, str]:
    return {
        "shown": _("{shown} of {total}"),
        "any": _("all"),
        "attention": _("needs attention"),
        "waits": _("a change waits"),
        "edit": _("Edit"),
        "go": _("Show in the text"),
        "choose": _("Choose {mark}"),
        "elsewhere": _("Evidence in other sources: {count}"),
        "remove": _("Remove"),
        "send_all": _("Send all drafts to review ({count})"),
        "send_chosen": _("Send the chosen drafts to review ({count})"),
        "nothing_suggested": _("No quotation was found that is not coded."),
        "suggested": _("Quotations found: {count}"),
        "play": _("Play at {place}"),
        "no_place": _("no place given"),
        "paraphrase": _("Editors’ paraphrase"),
        "nobody": _("unknown"),
    }


def _of_what_fails() -> dict[str, str]:
    return {
        "unreachable": _("The site can't be reached. What you typed is kept: try again."),
        "failed": _("The site made a mistake. What you typed is kept: try again."),
        "log_in": _("Log in in another window"),
        "try_again": _("Try again"),
        "reload": _("Reload the page"),
        "meanwhile": _("Somebody changed this position while you were at it. Nothing was overwritten."),
        "gone": _("Somebody removed this position meanwhile. What you typed can be saved as a new one."),
        "field": _("Field"),
        "yours": _("Yours"),
        "theirs": _("Now in the record"),
        "take_theirs": _("Take theirs"),
        "empty": _("empty"),
        "choose_from_list": _("Choose one from the list."),
    }
