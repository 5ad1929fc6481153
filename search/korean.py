"""What Korean words end in, and the words that say nothing of what a text is about: pure."""

from __future__ import annotations

import re

SHORTEST_STEM = 2  # letters; of shorter words too much would go

# What follows a noun. The longest that leaves a stem is taken off.
_PARTICLES = frozenset(
    "은 는 이 가 을 를 의 에 도 로 만 와 과 나 랑 께 들 들이 들은 들을 들의 에서 에게 에도 에는 으로 까지 부터 처럼"
    " 보다 마다 조차 이나 이란 이라 라는 이라는 하고 에서는 에서도 으로는 으로의 으로도 로서 로써 으로서 으로써"
    " 에게는 에게서 이며 이고 들에게 들에 들에서 까지의 부터의 만의 만을 에서의 에의 와의 과의 라고 이라고".split()
)
_LONGEST_FIRST = sorted({len(particle) for particle in _PARTICLES}, reverse=True)

# What makes a verb of a noun (하다, 되다, 시키다, in their forms), and what may follow that.
_VERB = "하 해 했 한 할 함 합 하셨 되 된 될 됨 됐 돼 됩 시키 시켜 시킨 시킬 시켰".replace(" ", "|")
_FOLLOWING = (
    "다 고 며 면 지 게 는 은 을 여 야 서 도 던 나 니 기 자 요 인 음 어 아 었 았 여서 여야 였 도록 려고 려면 려는"
    " 면서 지만 는데 니다 습니다 셨다 셨습니다 시는 십시오 세요 겠다 겠습니다 었다 었던 았다 였다 다고 다는 라고"
    " 라는 므로 으로 기에 기로 기를 기는 기가 지는 지도 거나 든지 더라도 까 냐"
).replace(" ", "|")
_NOUN_AND_VERB = re.compile(rf"(.{{{SHORTEST_STEM},}}?)(?:{_VERB})(?:{_FOLLOWING}){{0,4}}")

COMMON_WORDS = frozenset(
    "그 이 저 것 수 등 및 또 더 때 중 점 즉 바 뿐 데 안 못 잘 좀 꼭 왜 약 각 곧 그리고 그러나 그래서 그런데"
    " 그러므로 그러면 하지만 또는 또한 혹은 따라서 매우 너무 아주 정말 가장 모두 모든 여러 다른 어떤 어떻게 어느"
    " 무엇 무엇을 무엇이 무엇인가 무슨 언제 어디 어디서 누가 누구 얼마나 이런 그런 저런 이렇게 그렇게 이것 그것 이를"
    " 그를 이는 우리 저희 위해 위한 위하여 대한 대해 대해서 대하여 관한 관해 관하여 통해 통한 통하여 따라 따른"
    " 따르면 의한 의해 인한 인해 있는 있다 있고 있어 있을 있습니다 있나 있나요 없는 없다 없고 없습니다 하는 하고"
    " 하며 하면 해야 한다 한 할 합니다 했다 했습니다 하여 해서 하지 되는 된다 되고 되어 됩니다 되었다 됐다 이다"
    " 입니다 인가 인가요 아닌 아니다 아닙니다 같은 같이 같다 것이다 것은 것을 것이 것으로 것입니다 때문 때문에 경우"
    " 정도 대로 만큼".split()
)


def stem(word: str) -> str:
    """The noun that an unbroken run of Hangul begins with: 정책을 and 정책은 are 정책, 규제해야 and 규제하는 are 규제.

    Of what can't be told apart by form too much may go (무제한 gives 무제), so a stem is for finding, not for showing.
    """
    noun = _without_particle(word)
    verb = _NOUN_AND_VERB.fullmatch(noun)
    return verb[1] if verb else noun


def _without_particle(word: str) -> str:
    for length in _LONGEST_FIRST:
        if len(word) - length >= SHORTEST_STEM and word[-length:] in _PARTICLES:
            return word[:-length]
    return word
