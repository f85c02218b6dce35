"""What a rule makes of a key, worked out once: Vietnamese has some thousands of syllables, and texts repeat them."""

from collections.abc import Callable
from typing import TypeVar

Key = TypeVar("Key", int, str)
Value = TypeVar("Value")


class Learnt(dict[Key, Value]):
    """`learnt[key]` is `rule(key)`, remembered; as fast as a dict, also in `map(learnt.__getitem__, keys)`.

    Texts longer than `longest` are no words and not kept. When `capacity` keys are known all are forgotten: a flood
    of keys that never come again must neither fill the memory nor keep out the usual ones.
    """

    def __init__(self, rule: Callable[[Key], Value], capacity: int, longest: int | None = None):
        super().__init__()
        self.rule = rule
        self.capacity = capacity
        self.longest = longest

    def __missing__(self, key: Key) -> Value:
        value = self.rule(key)
        if self.longest is None or len(key) <= self.longest:
            if len(self) >= self.capacity:
                self.clear()
            self[key] = value
        return value
