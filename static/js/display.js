// Text size and contrast as the reader left them. Loaded in <head> and not as a module: it must run before the
// first paint, or the page would jump. Without localStorage (private windows) the choice lasts for the page.
(function () {
  var root = document.documentElement;
  var names = ["textSize", "contrast"];

  function kept(name) {
    try {
      return localStorage.getItem(name) || "";
    } catch (refused) {
      return "";
    }
  }

  function keep(name, value) {
    try {
      localStorage.setItem(name, value);
    } catch (refused) {
      return false;
    }
    return true;
  }

  function apply(name, value) {
    if (value) root.dataset[name] = value;
    else delete root.dataset[name];
  }

  function press(name, value) {
    var attribute = name === "textSize" ? "data-text-size" : "data-contrast";
    document.querySelectorAll("button[" + attribute + "]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.getAttribute(attribute) === value));
    });
  }

  names.forEach(function (name) {
    apply(name, kept(name));
  });

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-display-tools]").forEach(function (tools) {
      tools.hidden = false;
    });
    names.forEach(function (name) {
      press(name, kept(name));
    });
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button[data-text-size], button[data-contrast]");
    if (!button) return;
    var name = "textSize" in button.dataset ? "textSize" : "contrast";
    var value = button.dataset[name];
    apply(name, value);
    keep(name, value);
    press(name, value);
  });
})();
