"""What a learning path is made of: steps and questions."""

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from portal.cms.blocks import TextBlock

from .admin.widgets import AnyResourceChooser
from .blocks import ResourceBlock

LONGEST_STEP = 6000  # minutes; a step of a hundred hours is a slip of the finger


class AnyResourceBlock(ResourceBlock):
    """Offers also what is kept for officers; the path shows it to officers only."""

    @cached_property
    def widget(self):
        return AnyResourceChooser()


def _minutes() -> blocks.IntegerBlock:
    return blocks.IntegerBlock(
        required=False,
        min_value=1,
        max_value=LONGEST_STEP,
        label=_("Minutes"),
        help_text=_("How long a learner needs for this step."),
    )


class ResourceStepBlock(blocks.StructBlock):
    resource = AnyResourceBlock(label=_("Resource"))
    note = blocks.TextBlock(
        required=False, rows=2, label=_("Note"), help_text=_("What to look for, what to do with it.")
    )
    minutes = _minutes()

    class Meta:
        icon = "doc-full"
        label = _("Resource of the library")


class TextStepBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=160, label=_("Title"))
    text = TextBlock(label=_("Text"))
    minutes = _minutes()

    class Meta:
        icon = "pilcrow"
        label = _("Text or exercise")


class StepsBlock(blocks.StreamBlock):
    resource = ResourceStepBlock()
    text = TextStepBlock()

    class Meta:
        min_num = 1


class AnswerBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=300, label=_("Answer"))
    correct = blocks.BooleanBlock(required=False, label=_("Right"))

    class Meta:
        label = _("Answer")


class QuestionBlock(blocks.StructBlock):
    """One right answer: the learner chooses one. Several: the learner may tick several."""

    question = blocks.CharBlock(max_length=300, label=_("Question"))
    answers = blocks.ListBlock(AnswerBlock(), min_num=2, max_num=8, label=_("Answers"))
    explanation = blocks.TextBlock(
        required=False, rows=2, label=_("Explanation"), help_text=_("Shown once the learner has answered.")
    )

    class Meta:
        icon = "help"
        label = _("Question")

    def clean(self, value):
        cleaned = super().clean(value)
        right = sum(answer["correct"] for answer in cleaned["answers"])
        if right == 0:
            raise StructBlockValidationError(
                block_errors={"answers": ValidationError(_("Mark at least one answer as right."))}
            )
        return cleaned


class QuizBlock(blocks.StreamBlock):
    question = QuestionBlock()
