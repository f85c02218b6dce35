// Suggestions below every search box: the WAI-ARIA pattern "list autocomplete with manual selection".
// Without this script the box searches as well; readers who save data do not get it.
const PAUSE = 200; // ms without a key before anything is asked
const FEWEST = 2; // letters
const KEPT = new Map(); // answers of this page, by what was typed

class SuggestionBox {
  constructor(form, number) {
    this.form = form;
    this.input = form.querySelector("input[name=q]");
    this.active = -1;
    this.list = document.createElement("ul");
    this.list.id = `offers-${number}`;
    this.list.className = "search-box__offers";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", form.dataset.suggestLabel);
    this.list.hidden = true;
    this.status = document.createElement("p");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    form.append(this.list, this.status);
    this.input.type = "text"; // a search field may not be a combobox
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
    })) {
      this.input.setAttribute(name, value);
    }
    this.input.addEventListener("input", () => this.wait());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the box
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.take(option);
    });
  }

  get options() {
    return [...this.list.children];
  }

  wait() {
    clearTimeout(this.timer);
    this.request?.abort();
    const text = this.input.value.trim();
    if (text.length < FEWEST) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.ask(text), PAUSE);
  }

  async ask(text) {
    if (!KEPT.has(text)) {
      this.request = new AbortController();
      try {
        const url = `${this.form.dataset.suggest}?${new URLSearchParams({ q: this.input.value })}`;
        const response = await fetch(url, { signal: this.request.signal });
        if (!response.ok) return;
        KEPT.set(text, await response.json());
      } catch (error) {
        if (error.name === "AbortError" || error instanceof TypeError) return; // typed on, or no network
        throw error;
      }
    }
    if (document.activeElement === this.input && this.input.value.trim() === text) this.show(KEPT.get(text));
  }

  show({ suggestions, status }) {
    this.list.replaceChildren(...suggestions.map((offer, place) => this.option(offer, place)));
    this.status.textContent = status;
    this.choose(-1);
    this.open(suggestions.length > 0);
  }

  option(offer, place) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${place}`;
    option.className = "search-box__offer";
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.text = offer.text;
    if (offer.url) option.dataset.url = offer.url;
    const text = document.createElement("span");
    text.textContent = offer.text;
    option.append(text);
    if (offer.label) {
      const kind = document.createElement("span");
      kind.className = "search-box__offer-kind";
      kind.textContent = offer.label;
      option.append(" ", kind);
    }
    return option;
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.choose(-1);
    this.open(false);
    this.status.textContent = "";
  }

  choose(place) {
    this.active = place;
    this.options.forEach((option, each) => option.setAttribute("aria-selected", String(each === place)));
    const option = this.options[place];
    if (option) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  take(option) {
    this.input.value = option.dataset.text;
    this.close();
    if (option.dataset.url) {
      location.assign(option.dataset.url);
    } else {
      this.form.requestSubmit();
    }
  }

  key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return; // a typing method is at work
    const last = this.options.length - 1;
    const isOpen = !this.list.hidden;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && last >= 0) {
      event.preventDefault();
      const down = event.key === "ArrowDown";
      const edge = down ? this.active === last : this.active === 0;
      const first = down ? 0 : last;
      this.open(true);
      if (!event.altKey) this.choose(!isOpen || this.active < 0 || edge ? first : this.active + (down ? 1 : -1));
    } else if (event.key === "Enter" && isOpen && this.active >= 0) {
      event.preventDefault();
      this.take(this.options[this.active]);
    } else if (event.key === "Escape") {
      if (isOpen) {
        event.preventDefault();
        this.close();
      } else {
        this.input.value = "";
      }
    } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
      this.choose(-1); // the cursor moves in the text again
    }
  }
}

if (!navigator.connection?.saveData) {
  document.querySelectorAll("form[data-suggest]").forEach((form, number) => new SuggestionBox(form, number));
}
