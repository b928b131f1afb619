// Notifies the window that opened this one, if it has the same origin, and closes this one.
if (window.opener) {
  window.opener.postMessage('done', location.origin);
  window.close();
}
