"""The signs, words and texts in quotes of which a query in CQL is made, and the letters that a term means. Pure."""

import re
from dataclasses import dataclass

from .diagnostics import SruProblem

LONGEST_TERM = 500  # characters
TOKEN = re.compile(
    r'\s*(?:(?P<symbol>[()/]|<=|>=|<>|==|=|<|>)|"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<word>[^\s()=<>"/]+)|(?P<open>"))',
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A sign, a word or a text in quotes (`kind` "symbol", "word", "quoted"), as it is written."""

    kind: str
    text: str

    @property
    def is_text(self) -> bool:
        return self.kind != "symbol"

    def says(self, *words: str) -> bool:
        return self.kind == "word" and self.text.lower() in words


END = Token("symbol", "")


def tokens_of(text: str) -> list[Token]:
    """Raises SruProblem."""
    tokens, place = [], 0
    text = text.rstrip()
    while place < len(text):
        match = TOKEN.match(text, place)
        if match is None:
            raise SruProblem(10, text[place : place + 20])
        if match["open"]:
            raise SruProblem(14)
        kind = match.lastgroup or ""
        tokens.append(Token(kind, match[kind]))
        place = match.end()
    return tokens


def term_of(token: Token) -> str:
    """The letters that are meant. A sign that would mask or anchor is told, not passed over: raises SruProblem."""
    if len(token.text) > LONGEST_TERM:
        raise SruProblem(23, LONGEST_TERM)
    letters, escaped = [], False
    for letter in token.text:
        if escaped and letter not in '\\"*?^':
            raise SruProblem(26, letter)
        if not escaped and letter in "*?":
            raise SruProblem(28, letter)
        if not escaped and letter == "^":
            raise SruProblem(31)
        escaped = letter == "\\" and not escaped
        if not escaped:
            letters.append(letter)
    if escaped:
        raise SruProblem(26, "\\")
    return "".join(letters)
