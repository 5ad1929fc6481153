"""A debate as it is written into the screen."""

from __future__ import annotations

KOREAN = (
    ("김서연", "한빛대학교", "교수", "법학과", "발제", "발제자"),
    ("이도윤", "푸른데이터", "대표", "", "발제", "발제자"),
    ("박하준", "국회", "의원", "", "토론", "사회자"),
    ("최지우", "정보사회연구원", "연구위원", "정책연구실", "토론", "토론자"),
    ("정예린", "과학기술정책부", "과장", "인공지능과", "토론", "토론자"),
    ("강민재", "소비자권익연대", "사무총장", "", "토론", "토론자"),
    ("조은서", "한빛대학교", "부교수", "경영학과", "토론", "토론자"),
    ("윤시우", "나래클라우드", "이사", "", "토론", "토론자"),
    ("장다은", "새벽일보", "논설위원", "", "토론", "토론자"),
    ("임준호", "전국개발자협회", "회장", "", "토론", "토론자"),
    ("한소율", "정보사회연구원", "원장", "", "마무리", "마무리 발언자"),
    ("오태양", "푸른데이터", "연구소장", "", "토론", "토론자"),
)
COLUMNS = ("name", "organization", "role", "unit", "session", "role_there", "basis")


def written(rows=KOREAN, *, language="ko", hosts=(), sessions=(), **others):
    """What a browser sends; `others` by name, with `__` for the hyphen after the part."""
    data = {
        "mark": "kwertyui",
        "event-language": language,
        "event-title": "공공 데이터 토론회",
        "event-kind": "debate",
        "event-date": "2025-03-04",
        "event-languages": "ko",
        "source-kind": "article",
        "source-title": "공공 데이터, 누구의 것인가",
        "source-quoting": "nothing",
    }
    for part, several in (("hosts", hosts), ("sessions", sessions), ("rows", rows)):
        data[f"{part}-TOTAL_FORMS"] = str(len(several))
        data[f"{part}-INITIAL_FORMS"] = "0"
    for at, (organization, role) in enumerate(hosts):
        data |= {f"hosts-{at}-organization": organization, f"hosts-{at}-role": role}
    for at, (title, kind) in enumerate(sessions):
        data |= {f"sessions-{at}-title": title, f"sessions-{at}-kind": kind}
    for at, row in enumerate(rows):
        cells = dict(zip(COLUMNS, row, strict=False)) if isinstance(row, tuple) else row
        data |= {f"rows-{at}-{column}": cell for column, cell in cells.items()}
    return data | {name.replace("__", "-"): value for name, value in others.items()}
