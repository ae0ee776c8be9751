// What Blazor cannot do: set the theme before the first paint, report whether the tab is visible, reload after a silo's restart.
(() => {
    "use strict";
    const root = document.documentElement;
    const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
    const key = "coordinator-theme";

    const choice = () => localStorage.getItem(key) ?? "system";
    const system = () => systemIsDark.matches ? "dark" : "light";
    const apply = () => root.dataset.theme = choice() === "system" ? system() : choice();

    // From the system's theme to the opposite one, so that the first press has an effect, then to the other, then back.
    const nextTheme = () => {
        const other = system() === "dark" ? "light" : "dark";
        const next = choice() === "system" ? other : choice() === other ? system() : "system";
        if (next === "system") localStorage.removeItem(key);
        else localStorage.setItem(key, next);
        apply();
        return next;
    };

    const watchVisibility = page => {
        const tell = () => page.invokeMethodAsync("SetVisible", !document.hidden).catch(() => { });
        document.addEventListener("visibilitychange", tell);
        tell();
    };

    // With a base address the link would lead to the root.
    document.addEventListener("click", event => {
        if (!event.target.matches(".skip")) return;
        event.preventDefault();
        document.getElementById("main").focus();
    }, { capture: true });

    apply();
    systemIsDark.addEventListener("change", apply);
    addEventListener("storage", apply);
    document.addEventListener("DOMContentLoaded", () => {
        // A restarted silo does not know this page, so the page is reloaded.
        document.getElementById("components-reconnect-modal").addEventListener("components-reconnect-state-changed", event => {
            if (event.detail.state === "rejected") location.reload();
        });
        // For as long as the page is open.
        Blazor.start({ circuit: { reconnectionOptions: { maxRetries: Number.MAX_SAFE_INTEGER, retryIntervalMilliseconds: 2000 } } });
    });

    globalThis.contentionPage = { theme: choice, nextTheme, watchVisibility };
})();
