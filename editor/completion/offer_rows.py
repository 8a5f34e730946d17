"""Offers in the rows of a list: what is common to the palette and to the list below a field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex
Offer = TypeVar("Offer")
MOST_ROWS = 8
"""Rows of the list below a field."""


class OfferRows(QAbstractListModel, Generic[Offer]):
    """A row for each offer; what a row says is the matter of who offers."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.offers: Sequence[Offer] = ()

    def show(self, offers: Sequence[Offer]) -> None:
        """Replace what is offered."""
        self.beginResetModel()
        self.offers = offers
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        """A row for each offer."""
        return 0 if parent.isValid() else len(self.offers)
