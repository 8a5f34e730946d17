"""What goes into the frozen program and what stays out, with the reason for each."""

from __future__ import annotations

import re

HIDDEN_MODULES = ("lxml.etree", "lxml._elementpath")
"""Modules that are imported by a name made while running, which PyInstaller cannot see."""
EXCLUDED_MODULES = (
    "PySide6.QtNetwork", "PySide6.QtDBus", "PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets",  # bindings nobody calls
    "PySide6.QtPrintSupport", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtTest", "PySide6.support.generate_pyi",
    "pytest", "_pytest", "py", "pygments", "pluggy", "iniconfig",  # networkx has a conftest
    "pkg_resources", "setuptools", "packaging", "typing_extensions", "numpy", "scipy", "matplotlib", "pandas", "PIL",
    "lxml.html", "lxml.objectify", "lxml.isoschematron", "lxml.sax", "lxml.cssselect", "lxml.doctestcompare",
    "platformdirs.testing", "platformdirs.pytest_plugin", "platformdirs.android", "platformdirs.ios",
    "tkinter", "_tkinter", "curses", "_curses", "readline", "sqlite3", "_sqlite3", "pydoc", "pydoc_data", "doctest",
    "unittest", "pdb", "xmlrpc", "ftplib", "cgi", "webbrowser", "lib2to3", "ensurepip", "idlelib", "turtle",
    "ssl", "_ssl", "_hashlib",  # nothing leaves the machine; hashlib has its own sums without OpenSSL
    "multiprocessing", "_multiprocessing", "_posixshmem",
)  # fmt: skip
"""Modules that PyInstaller finds by following imports which never happen."""

_PLUGINS = {
    "platforms": ("qxcb", "qwayland", "qoffscreen", "qminimal", "qwindows", "qcocoa"),
    "platformthemes": ("qgtk3", "qxdgdesktopportal"),
    "platforminputcontexts": ("composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"),
    "iconengines": ("qsvgicon",),
    "imageformats": ("qsvg", "qico", "qjpeg", "qgif"),
    "styles": (),
    "wayland-shell-integration": ("xdg-shell",),
    "wayland-decoration-client": ("adwaita", "bradient"),
}
"""Kept plugins of Qt by folder. The canvas paints in memory, so nothing of OpenGL is needed; SVG is for icons."""
_UNWANTED_QT = (
    "Network", "Qml", "Quick", "OpenGL", "EglF", "EglFs", "VirtualKeyboard", "Pdf", "Test", "Sql", "PrintSupport",
)  # fmt: skip
_UNWANTED = re.compile(
    r"(^|/)PySide6/Qt/(translations|qml|resources|libexec|metatypes)/"
    r"|(^|/)PySide6/(translations|qml)/"
    rf"|(^|/)(lib|)Qt6?({'|'.join(_UNWANTED_QT)})\w*(\.so[.\d]*|\.dll|\.dylib|\.framework/.*)$"
    r"|(^|/)opengl32sw\.dll$"
    r"|(^|/)py_mini_racer/[^/]+\.(so|dll|dylib|dat)$"  # packed among the resources (packager/v8.py)
    r"|\.dist-info/"  # the licence page has what stands there
    r"|(^|/)resources/screenshot\.png$"
)
_PLUGIN = re.compile(r"(^|/)PySide6/(?:Qt/)?plugins/(?P<folder>[^/]+)/(?:lib)?(?P<name>[^/]+)$")

_OF_EVERY_DESKTOP = re.compile(
    r"^lib(c|m|dl|pthread|rt|stdc\+\+|gcc_s"
    r"|GL|EGL|GLX|GLdispatch|OpenGL|drm|gbm|wayland-\w+"
    r"|X11|X11-xcb|Xau|Xdmcp|Xext|Xrender|Xi|xcb|xcb-(glx|randr|render|shape|shm|sync|xfixes|xkb)"
    r"|fontconfig|freetype|harfbuzz|expat|png16|brotli\w+|graphite2|z|bz2|lzma|zstd|lz4|uuid|bsd|md"
    r"|g(lib|io|object|module|thread)-2\.0|gdk\w*-[\d.]+|gtk-3|pango\w*-1\.0|cairo[\w-]*|pixman-1|atk\w*-1\.0|gdk_pixbuf-2\.0"
    r"|fribidi|thai|datrie|jpeg|epoxy|dbus-1|systemd|gcrypt|gpg-error|cap|selinux|blkid|mount|pcre2-8"
    r"|gssapi_krb5|krb5|krb5support|k5crypto|com_err|keyutils|readline|tinfo|ssl|crypto)\.so"
)
"""Libraries of Linux that are the system's: every desktop has them, and older copies quarrel with its other ones."""


def is_kept(target: str) -> bool:
    """Whether a file that PyInstaller gathered goes into the program; `target` is its place there."""
    place = target.replace("\\", "/")
    if _UNWANTED.search(place):
        return False
    plugin = _PLUGIN.search(place)
    if plugin is None:
        return True
    return plugin["name"].split(".")[0] in _PLUGINS.get(plugin["folder"], ())


def is_of_the_system(target: str) -> bool:
    """Whether a library is left to the Linux that the program is installed on."""
    return "/" not in target and _OF_EVERY_DESKTOP.match(target) is not None
