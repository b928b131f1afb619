// Takes the answer back without a click.
document.getElementById('send').submit();
