"""English words that say nothing of what a text is about: pure."""

from __future__ import annotations

# Without apostrophes, as words are analysed.
COMMON_WORDS = frozenset(
    "a about above after again against all also although am among an and any anyone are arent as at be became"
    " because been before being below between both but by can cannot cant could couldnt did didnt do does doesnt"
    " doing done dont down during each either else ever every few for from further get gets getting got had hadnt"
    " has hasnt have havent having he her here hers herself him himself his how however i id if ill im in into is"
    " isnt it its itself ive just let like made make makes making many may me might mine more most much must my"
    " myself neither no nor not now of off often on once one only or other others ought our ours out over own per"
    " perhaps quite rather really s same shall she should shouldnt since so some such t than that thats the their"
    " theirs them themselves then there therefore these they theyre this those though through thus to too toward"
    " towards under until up upon us very via was wasnt we were werent what whatever when where whether which while"
    " who whom whose why will with within without wont would wouldnt yes yet you your yours".split()
)
