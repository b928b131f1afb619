// Submits the response without a click.
document.getElementById('send').submit();
