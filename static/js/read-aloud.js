// Reads a passage with the browser's own voice. Without a voice for its language the button stays hidden.
const speech = window.speechSynthesis;
const SPOKEN = "h1, h2, h3, h4, p, li, dt, dd, figcaption, blockquote, td, th";

function voiceFor(language) {
  return speech.getVoices().find((voice) => voice.lang.toLowerCase().startsWith(language));
}

// One utterance a paragraph: Chrome falls silent after about 15 s of a longer one.
function passages(article) {
  const parts = [...article.querySelectorAll(SPOKEN)].filter((part) => !part.querySelector(SPOKEN));
  return parts.map((part) => [part.textContent.trim(), part.closest("[lang]").lang]).filter(([text]) => text);
}

function setUp(box) {
  const article = document.getElementById(box.dataset.readAloud);
  const button = box.querySelector("button");
  const label = button.querySelector("[data-start]");

  function show(reading) {
    button.setAttribute("aria-pressed", String(reading));
    label.textContent = reading ? label.dataset.stop : label.dataset.start;
  }

  function start() {
    const parts = passages(article).map(([text, language]) => {
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.lang = language;
      utterance.voice = voiceFor(language.slice(0, 2)) || null;
      return utterance;
    });
    if (parts.length === 0) return;
    parts[parts.length - 1].addEventListener("end", () => show(false));
    parts.forEach((part) => speech.speak(part));
    show(true);
  }

  button.addEventListener("click", () => {
    if (button.getAttribute("aria-pressed") === "true") {
      speech.cancel();
      show(false);
    } else {
      start();
    }
  });

  const reveal = () => {
    box.hidden = !article || !voiceFor(article.closest("[lang]").lang.slice(0, 2));
  };
  reveal();
  speech.addEventListener("voiceschanged", reveal); // Chrome loads its voices late
  window.addEventListener("pagehide", () => speech.cancel());
}

if (speech) document.querySelectorAll("[data-read-aloud]").forEach(setUp);
