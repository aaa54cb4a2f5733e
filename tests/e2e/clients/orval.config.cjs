// How orval writes its client, from the committed document.

module.exports = {
  hkus: {
    input: { target: process.env.DOCUMENT },
    output: { target: "hkus.ts", schemas: "model", client: "fetch", mode: "split" },
  },
};
