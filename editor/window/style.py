"""How the window looks: one palette and one style sheet, both made of the theme of the drawing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from editor import resources
from editor.canvas.theme import Theme, blend, load_theme

FONT_PIXELS = 13


def theme_name(chosen: str) -> str:
    """`light` or `dark` for what the settings say, which may be to follow the system."""
    if chosen in ("light", "dark"):
        return chosen
    hints = QGuiApplication.styleHints()
    return "dark" if hints.colorScheme() is Qt.ColorScheme.Dark else "light"


def apply(chosen: str) -> None:
    """Give the whole program the look of a theme; nothing happens when it has it already."""
    application = QApplication.instance()
    name = theme_name(chosen)
    if not isinstance(application, QApplication) or application.property("theme") == name:
        return
    application.setProperty("theme", name)
    theme = load_theme(name)
    font = application.font()
    font.setPixelSize(FONT_PIXELS)
    application.setFont(font)
    application.setPalette(palette(theme))
    application.setStyleSheet(sheet(theme))


def palette(theme: Theme) -> QPalette:
    """The colours for what Qt draws by itself, and for icons."""
    made = QPalette()
    role = QPalette.ColorRole
    base = field_color(theme)
    for place, text in (
        (role.Window, theme.panel), (role.Base, base), (role.AlternateBase, theme.panel),
        (role.Button, theme.panel), (role.WindowText, theme.text), (role.Text, theme.text),
        (role.ButtonText, theme.text), (role.BrightText, theme.red), (role.Link, theme.accent_text),
        (role.Highlight, theme.accent_soft), (role.HighlightedText, theme.text),
        (role.ToolTipBase, theme.text), (role.ToolTipText, theme.panel), (role.PlaceholderText, theme.quiet),
        (role.Accent, theme.accent), (role.Mid, theme.edge), (role.Dark, theme.edge),
        (role.Midlight, theme.hairline), (role.Light, theme.hairline), (role.Shadow, theme.shadow),
    ):  # fmt: skip
        made.setColor(place, QColor(text))
    off = QColor(blend(theme.quiet, theme.panel, 0.6))
    for place in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, place, off)
    return made


def field_color(theme: Theme) -> str:
    """What one types into: lighter than the panel in the light, darker in the dark."""
    return theme.ground if theme.is_dark else "#FFFFFF"


def on_accent(theme: Theme) -> str:
    """The text on what is filled with the accent."""
    return "#0B1220" if theme.is_dark else "#FFFFFF"


def sheet(theme: Theme) -> str:
    """The style sheet of panels, toolbar, menus and dialogs."""
    words = {
        "panel": theme.panel, "field": field_color(theme), "text": theme.text, "quiet": theme.quiet,
        "edge": theme.edge, "hairline": theme.hairline, "accent": theme.accent, "soft": theme.accent_soft,
        "accent_text": theme.accent_text, "red": theme.red, "amber_soft": theme.amber_soft,
        "amber": theme.amber, "amber_text": theme.amber_text, "chip": theme.chip, "ground": theme.ground,
        "off": blend(theme.quiet, theme.panel, 0.6),
        "on_accent": on_accent(theme),
        "line": theme.line,
        "hover": blend(theme.chip, theme.panel, 0.8),
        "scroll": blend(theme.quiet, theme.panel, 0.35),
    }  # fmt: skip
    text = _SHEET
    for name, value in words.items():
        text = text.replace(f"@{name};", f"{value};").replace(f"@{name} ", f"{value} ")
    text = text.replace("@tick", "black-tick" if theme.is_dark else "white-tick")
    return text.replace("@icons", resources.path("icons").as_posix())


_SHEET = """
QMainWindow, QDialog, QMessageBox { background: @panel; }
QMainWindow::separator { background: @hairline; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: @accent; }
QToolBar { background: @panel; border: 0; border-bottom: 1px solid @hairline; spacing: 2px; padding: 4px 8px; }
QToolButton { border: 0; border-radius: 4px; padding: 5px; background: transparent; color: @text; }
QToolButton:hover { background: @hover; }
QToolButton:pressed { background: @chip; }
QToolButton:checked { background: @soft; color: @accent_text; }
QToolButton:disabled { color: @off; }
QToolButton::menu-indicator { image: none; }
QToolButton#run { background: @accent; color: @on_accent; padding: 5px 14px; font-weight: 600; }
QToolButton#run:checked { background: @amber_soft; color: @amber_text; }
QToolButton#zoom { padding: 5px 8px; min-width: 44px; }
QMenuBar { background: @panel; color: @text; padding: 2px 4px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @panel; color: @text; border: 1px solid @edge; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: @soft; }
QMenu::item:disabled { color: @off; }
QMenu::separator { height: 1px; background: @hairline; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
QStatusBar { background: @panel; color: @quiet; border-top: 1px solid @hairline; font-size: 12px; }
QStatusBar::item { border: 0; }
QStatusBar QLabel { color: @quiet; font-size: 12px; padding: 0 4px; }
QToolButton#flaws { font-size: 12px; padding: 1px 6px; color: @text; }
QDockWidget { titlebar-close-icon: url(@icons/grey-close.svg); titlebar-normal-icon: url(@icons/grey-float.svg);
  color: @quiet; font-size: 11px; font-weight: 600; }
QDockWidget::title { background: @panel; padding: 6px 10px; border-bottom: 1px solid @hairline; }
QDockWidget > QWidget { background: @panel; }
QTabBar::tab { background: transparent; color: @quiet; padding: 6px 12px; border: 0; }
QTabBar::tab:selected { color: @text; border-bottom: 2px solid @accent; }
QTabBar::tab:hover { color: @text; }
QScrollArea, QScrollArea > QWidget > QWidget#page { background: @panel; border: 0; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @scroll; border-radius: 3px; margin: 2px; min-height: 24px; min-width: 24px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QTreeView, QListView, QTableView { background: @panel; border: 1px solid @panel; outline: 0; color: @text; }
QTreeView:focus, QListView:focus, QTableView:focus, QScrollArea#bars:focus { border-color: @accent; }
QTreeView::item { padding: 3px 2px; border: 0; }
QTreeView::item:hover { background: @hover; }
QTreeView::item:selected { background: @soft; color: @text; }
QHeaderView::section { background: @panel; color: @quiet; border: 0; border-bottom: 1px solid @hairline;
  padding: 4px 6px; font-size: 11px; font-weight: 600; }
QLineEdit, QPlainTextEdit, QComboBox, QDoubleSpinBox, QSpinBox { background: @field; color: @text;
  border: 1px solid @hairline; border-radius: 4px; padding: 4px 6px; selection-background-color: @soft;
  selection-color: @text; }
QLineEdit#inPlace { padding: 0 2px; border-radius: 2px; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover { border-color: @edge; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QDoubleSpinBox:focus, QSpinBox:focus { border-color: @accent; }
*[wrong="true"], *[wrong="true"]:hover, *[wrong="true"]:focus { border-color: @red; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: @off; background: @panel; }
QComboBox QAbstractItemView { background: @panel; border: 1px solid @edge; selection-background-color: @soft;
  selection-color: @text; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: 0; }
QComboBox::drop-down { border: 0; width: 20px; }
QComboBox::down-arrow { image: url(@icons/grey-down.svg); width: 12px; height: 12px; }
QCheckBox { spacing: 8px; }
QCheckBox::indicator, QTreeView::indicator { width: 14px; height: 14px; border: 1px solid @line; border-radius: 3px;
  background: @field; }
QCheckBox::indicator:hover, QCheckBox::indicator:focus { border-color: @accent; }
QCheckBox::indicator:checked, QTreeView::indicator:checked { background: @accent; border-color: @accent;
  image: url(@icons/@tick.svg); }
QTreeView::indicator:indeterminate { background: @soft; border-color: @accent; }
QCheckBox::indicator:disabled { border-color: @hairline; background: @panel; }
QDockWidget::close-button, QDockWidget::float-button { border: 0; border-radius: 4px; background: transparent; }
QDockWidget::close-button:hover, QDockWidget::float-button:hover { background: @chip; }
QSplitter::handle { background: @hairline; }
QSplitter::handle:vertical { height: 1px; }
QPushButton { background: @chip; color: @text; border: 0; border-radius: 4px; padding: 5px 12px; }
QPushButton:hover { background: @soft; }
QPushButton:disabled { color: @off; background: @hover; }
QPushButton:default, QPushButton#primary { background: @accent; color: @on_accent; font-weight: 600; }
QPushButton:focus, QToolButton:focus { border: 1px solid @accent; }
QPushButton:default:focus, QPushButton#primary:focus, QToolButton#run:focus { border: 2px solid @text; }
QPushButton#second:focus, QPushButton#event:focus, QPushButton#maybe:focus, QToolButton#pin:focus {
  border: 2px solid @accent; }
QMessageBox, QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QMessageBox QPushButton { min-width: 64px; }
QMessageBox QLabel#qt_msgbox_label { font-size: 15px; font-weight: 600; }
QMessageBox QLabel#qt_msgbox_informativelabel { min-width: 320px; }
QPushButton#second { background: @panel; border: 1px solid @edge; }
QPushButton#second:hover { border-color: @accent; }
QPushButton#flat { background: transparent; color: @accent_text; text-align: left; padding: 4px 6px; }
QPushButton#flat:hover { background: @hover; }
QPushButton#event { background: @amber_soft; color: @amber_text; border: 1px solid @amber; text-align: left;
  padding: 5px 10px; font-weight: 600; }
QPushButton#event:hover { border: 2px solid @amber; padding: 4px 9px; }
QPushButton#maybe { background: transparent; color: @text; border: 1px dashed @amber; text-align: left;
  padding: 5px 10px; }
QLabel#section { color: @quiet; font-size: 11px; font-weight: 600; padding-top: 8px; }
QLabel#field { color: @quiet; font-size: 12px; }
QLabel#hint { color: @quiet; font-size: 12px; }
QLabel#labelMessage { color: @red; font-size: 12px; background: @panel; border: 1px solid @edge;
  border-radius: 4px; padding: 3px 8px; }
QLabel#error { color: @red; font-size: 12px; }
QLabel#title { font-size: 15px; font-weight: 600; }
QLabel#big { font-size: 26px; font-weight: 600; }
QLabel#key { color: @quiet; background: @chip; border-radius: 4px; padding: 1px 6px; font-size: 11px; }
QFrame#banner { background: @amber_soft; border-radius: 6px; }
QFrame#banner QLabel { color: @amber_text; }
QFrame#finder { background: @panel; border: 1px solid @edge; border-radius: 8px; }
QFrame#strip { background: @panel; border: 1px solid @edge; border-radius: 8px; }
QFrame#crumbs { background: @panel; border: 0; border-bottom: 1px solid @hairline; }
QPushButton#crumb, QPushButton#here { background: transparent; color: @quiet; padding: 4px 6px; }
QPushButton#here { color: @text; font-weight: 600; }
QPushButton#crumb:hover, QPushButton#here:hover { background: @hover; color: @text; }
QPushButton#crumb:focus, QPushButton#here:focus { border: 1px solid @accent; padding: 3px 5px; }
QFrame#proposal { background: @panel; border: 1px solid @accent; border-radius: 8px; }
QLabel#proposalText { font-weight: 600; }
QListView#offers { background: @panel; border: 1px solid @edge; border-radius: 4px; font-size: 12px; }
QFrame#finder QLineEdit { font-size: 15px; padding: 6px 8px; }
QFrame#start { background: @ground; }
QPushButton#card { background: @panel; border: 1px solid @hairline; border-radius: 8px; padding: 0;
  text-align: left; }
QPushButton#card:hover { border-color: @accent; }
QPushButton#card:focus { border: 2px solid @accent; }
QToolButton#pin { background: @panel; border: 1px solid @hairline; }
QToolButton#pin:hover { border-color: @accent; }
QLabel#welcome { color: @quiet; }
QLabel#welcomeKey { color: @quiet; font-weight: 600; }
QFrame#offer { background: @soft; border-radius: 8px; }
QToolTip { background: @text; color: @panel; border: 0; padding: 4px 6px; }
"""
