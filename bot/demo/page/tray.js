// Files that wait above the box until they are sent.
//
//   tray.add(event.dataTransfer.files); await tray.send("a caption", {});

import { act } from "./api.js";
import { size } from "./bubble.js";
import { h, iconButton } from "./dom.js";
import { t } from "./texts.js";

const MOST = 10; // https://core.telegram.org/bots/api#sendmediagroup
const BYTES = 50_000_000; // https://core.telegram.org/bots/api#sending-files
const PICTURES = ["image/png", "image/jpeg", "image/webp", "image/gif"];

export class Tray {
  constructor(place, changed) {
    this.files = [];
    this._place = place;
    this._changed = changed;
    this._plain = h("input", { type: "checkbox" });
    this.element = h("div", { class: "tray", hidden: true });
  }

  /** More files; too many or too large ones are refused with a notice. */
  add(files) {
    if (this.files.length + files.length > MOST) this._place.say(t("too.many"));
    else if (files.some((file) => file.size > BYTES)) this._place.say(t("too.big"));
    else this.files.push(...files);
    this._draw();
  }

  empty() {
    this.files = [];
    this._draw();
  }

  /** One picture goes as a photo, several files as an album, a lone other file as a document. */
  send(caption, more) {
    const pictures = this.files.every((file) => PICTURES.includes(file.type)) && !this._plain.checked;
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...this._place.target(), ...more, caption })) form.set(name, value);
    form.set("kind", this.files.length > 1 && pictures ? "album" : pictures ? "photo" : this._kind());
    for (const file of this.files) form.append("file", file, file.name);
    return act(this._place.person.id, "media", form);
  }

  _kind() {
    const [{ type }] = this.files;
    if (this.files.length > 1 || this._plain.checked) return "document";
    return type.startsWith("video/") ? "video" : type.startsWith("audio/") ? "audio" : "document";
  }

  _draw() {
    for (const picture of this.element.querySelectorAll("img")) URL.revokeObjectURL(picture.src);
    this.element.hidden = !this.files.length;
    const pictures = this.files.some((file) => PICTURES.includes(file.type));
    this.element.replaceChildren(
      ...this.files.map((file) => this._file(file)),
      ...(pictures ? [h("label", { class: "plain" }, this._plain, t("attach.plain"))] : []),
    );
    this._changed();
  }

  _file(file) {
    const remove = () => {
      this.files = this.files.filter((other) => other !== file);
      this._draw();
    };
    const shown = PICTURES.includes(file.type) ? h("img", { src: URL.createObjectURL(file), alt: "" }) : null;
    return h(
      "span",
      { class: "held" },
      shown,
      h("bdi", { class: "held-name" }, file.name),
      h("span", { class: "faint" }, size(file.size)),
      iconButton("close", t("attach.remove", { name: file.name }), remove),
    );
  }
}
