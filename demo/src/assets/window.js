// Opens the dialog in a small window, because TrueLayer's pages forbid frames. Without this script the form opens a tab.
const form = document.getElementById('new-window');
const blocked = document.getElementById('blocked');

form.addEventListener('submit', (event) => {
  const opened = window.open('', 'connect', 'popup,width=520,height=820');
  if (!opened) {
    event.preventDefault();
    blocked.hidden = false;
    blocked.querySelector('button').focus();
    return;
  }
  blocked.hidden = true;
  form.target = 'connect';
});

// The message holds no data: the server knows which account was connected.
addEventListener('message', (event) => {
  if (event.origin === location.origin && event.data === 'done') location.assign('/accounts');
});
