// What is unsent stays in this browser, by person and grid, until the server has it. `grid-offline.js` reads the same shelf.
const NAME = "portal-grid";

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function open() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("changes", { keyPath: "key" });
    request.result.createObjectStore("notes", { keyPath: "key" });
  };
  return done(request);
}

export class Store {
  // Resolves to null where the browser keeps nothing.
  static async open() {
    try {
      return new Store(await open());
    } catch {
      return null;
    }
  }

  constructor(database) {
    this.database = database;
  }

  #in(name, mode = "readwrite") {
    return this.database.transaction(name, mode).objectStore(name);
  }

  keep(change) {
    return done(this.#in("changes").put(change));
  }

  drop(change) {
    return done(this.#in("changes").delete(change.key));
  }

  async ofGrid({ user, round, village, stage }) {
    const prefix = [user, round, village, stage, ""].join("/");
    return done(this.#in("changes", "readonly").getAll(IDBKeyRange.bound(prefix, `${prefix}\uffff`)));
  }

  note(key, value) {
    return done(this.#in("notes").put({ key, value }));
  }

  async noted(key) {
    return (await done(this.#in("notes", "readonly").get(key)))?.value;
  }
}
