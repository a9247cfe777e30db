// One connection for all open pages: a browser opens six to a server, and every tab would hold one.
const ports = new Set();
const events = new EventSource("/.events");
let last;

function tell(event) {
  last = { name: event.type, ...JSON.parse(event.data) };
  for (const port of ports) port.postMessage(last);
}

events.addEventListener("built", tell);
events.addEventListener("problems", tell);
addEventListener("connect", ({ ports: [port] }) => {
  ports.add(port);
  port.addEventListener("message", () => ports.delete(port)); // a page says once that it goes away
  port.start();
  if (last) port.postMessage(last);
});
