#!/usr/bin/python3
"""A WebKitGTK browser for the tests: webkit_browser.py PROFILE WIDTH HEIGHT [what the driver adds].

As the packaged MiniBrowser under automation, but cookies, caches and databases stay in PROFILE, so
that a test can kill it and open it again. WebKitWebDriver starts it.
"""

import os
import signal
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402


def main():
    profile, width, height = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    manager = WebKit2.WebsiteDataManager(
        base_data_directory=os.path.join(profile, "data"),
        base_cache_directory=os.path.join(profile, "cache"),
    )
    context = WebKit2.WebContext.new_with_website_data_manager(manager)
    context.get_cookie_manager().set_persistent_storage(
        os.path.join(profile, "cookies.sqlite"), WebKit2.CookiePersistentStorage.SQLITE
    )
    context.set_automation_allowed(True)
    context.set_preferred_languages(["es"])

    def create_view(_session):
        settings = WebKit2.Settings()
        settings.set_enable_webgl(True)
        settings.set_hardware_acceleration_policy(WebKit2.HardwareAccelerationPolicy.ALWAYS)
        view = WebKit2.WebView(
            web_context=context, settings=settings, is_controlled_by_automation=True
        )
        window = Gtk.Window()
        window.set_decorated(False)
        window.set_default_size(width, height)
        window.add(view)
        window.connect("destroy", lambda *_: Gtk.main_quit())
        window.show_all()
        view.grab_focus()
        return view

    def automation_started(_context, session):
        info = WebKit2.ApplicationInfo()
        info.set_name("ventanilla-tests")
        info.set_version(WebKit2.get_major_version(), WebKit2.get_minor_version(), 0)
        session.set_application_info(info)
        session.connect("create-web-view", create_view)

    context.connect("automation-started", automation_started)
    GLib.unix_signal_add(GLib.PRIORITY_HIGH, signal.SIGTERM, Gtk.main_quit)
    Gtk.main()


if __name__ == "__main__":
    main()
