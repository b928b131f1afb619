// Tells the window that opened this one, if it is of this origin, and goes away.
if (window.opener) {
  window.opener.postMessage('done', location.origin);
  window.close();
}
