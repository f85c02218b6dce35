// Sends what is unsent: shortly after it was typed, in batches, and again and again until the line is back.
const PAUSE = 700; // ms after the last change
const MOST = 200; // cells a batch
const [FIRST_WAIT, LONGEST_WAIT] = [2, 60]; // seconds before another try
const PATIENCE = 30_000; // ms for one answer

export class Sender extends EventTarget {
  // `state`: idle, sending, offline, later (after `seconds`) or stopped, with a sentence of the server in `detail`.
  constructor(model, url, token) {
    super();
    Object.assign(this, { model, url, token, state: "idle", detail: "", seconds: 0, failures: 0 });
    addEventListener("online", () => this.now());
    addEventListener("offline", () => this.#tell("offline"));
    document.addEventListener("visibilitychange", () => document.hidden || this.now());
  }

  soon() {
    if (this.state === "later" || this.state === "stopped") return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), PAUSE);
  }

  // -> a promise of: is nothing left unsent?
  async now() {
    clearTimeout(this.timer);
    if (!this.running) this.running = this.#run().finally(() => (this.running = null));
    await this.running;
    return this.model.waiting().length === 0;
  }

  async #run() {
    for (let batch = this.#batch(); batch.length; batch = this.#batch()) {
      this.#tell("sending");
      batch.forEach((change) => this.model.onTheWay.add(change));
      const problem = await this.#send(batch);
      batch.forEach((change) => this.model.onTheWay.delete(change));
      if (problem) return this.#tell(...problem);
      this.failures = 0;
    }
    return this.#tell("idle");
  }

  #batch() {
    return this.model.waiting().slice(0, MOST);
  }

  async #send(batch) {
    const patience = new AbortController();
    const alarm = setTimeout(() => patience.abort(), PATIENCE);
    try {
      const response = await fetch(this.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token() },
        body: JSON.stringify(this.#letter(batch)),
        redirect: "error",
        signal: patience.signal,
      });
      if (!response.ok) return await this.#refused(response);
      this.#answered(batch, await response.json());
      return null;
    } catch {
      return this.#again(); // no line, a broken answer, or none in time
    } finally {
      clearTimeout(alarm);
    }
  }

  #letter(batch) {
    const { user, stage } = this.model.data;
    const cells = batch.map(({ row, code, text, seen, note, noteSeen }) => ({ row, code, text, seen, note, note_seen: noteSeen }));
    return { user, stage, cells };
  }

  #answered(batch, answer) {
    const sent = new Map(batch.map((change) => [`${change.row}/${change.code}`, change]));
    for (const result of answer.cells) {
      const change = sent.get(`${result.row}/${result.code}`);
      if (change) this.model.answered(change, result);
      sent.delete(`${result.row}/${result.code}`);
    }
    for (const change of sent.values()) this.model.answered(change, { state: "refused", reason: "" }); // never in circles
    answer.rows.forEach((standing) => this.model.judged(standing));
    this.dispatchEvent(new CustomEvent("saved", { detail: answer }));
  }

  async #refused(response) {
    if (response.status >= 500 || response.status === 429) return this.#again();
    const answer = await response.json().catch(() => ({}));
    return ["stopped", answer.detail ?? ""];
  }

  #again() {
    if (!navigator.onLine) return ["offline"];
    this.failures += 1;
    const seconds = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (this.failures - 1));
    this.timer = setTimeout(() => this.now(), seconds * 1000);
    return ["later", "", seconds];
  }

  #tell(state, detail = "", seconds = 0) {
    Object.assign(this, { state, detail, seconds });
    this.dispatchEvent(new CustomEvent("state"));
  }
}
