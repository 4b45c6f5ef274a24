"""What forms say in our words where Django has general ones."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms

from gongkai.applications.asking import ask_by_name


class Asked(forms.Form):
    text = forms.CharField(label="内容", max_length=3)
    count = forms.IntegerField(label="件数", min_value=1, max_value=9)
    choice = forms.ChoiceField(label="方式", choices=[("a", "甲")])
    own = forms.CharField(
        label="文号", max_length=3, error_messages={"max_length": "文号太长。", "required": "文号呢？"}
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        ask_by_name(self)


RIGHT = {"text": "好", "count": "2", "choice": "a", "own": "x"}


@pytest.mark.parametrize(
    ("field", "sent", "told"),
    [
        ("text", "", "请填写内容。"),
        ("text", "一二三四", "最多3个字，现有4个字。"),
        ("text", "一\x00", "其中含有无法显示的字符，请重新输入。"),
        ("count", "0", "应不小于1。"),
        ("count", "10", "应不大于9。"),
        ("choice", "b", "请从列出的选项中选择一项。"),
        ("choice", "", "请选择方式。"),
        ("own", "", "文号呢？"),
        ("own", "xxxx", "文号太长。"),
    ],
)
def test_what_cannot_be_taken_is_told_plainly(field: str, sent: str, told: str) -> None:
    form = Asked({**RIGHT, field: sent})
    assert form.errors == {field: [told]}


def test_one_form_does_not_change_the_words_of_others() -> None:
    Asked(RIGHT)
    assert "invalid_choice" in forms.ChoiceField.default_error_messages
    assert "max_length" not in forms.CharField.default_error_messages
    assert "不在可用的选项中" in str(forms.ChoiceField(choices=[("a", "甲")]).error_messages["invalid_choice"])
