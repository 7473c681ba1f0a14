/* Browsers that are too old to be safe, or to show these pages: say so, in the words of every language, and where newer ones are. */
(function () {
  var modern = 'noModule' in document.createElement('script') && window.HTMLDialogElement && HTMLDialogElement.prototype.showModal
    && Array.prototype.at && window.AbortSignal && AbortSignal.timeout;
  if (modern) return;
  var main = document.getElementById('main');
  var box = document.createElement('div'); // beside what the page itself may still write
  var texts = [
    'This browser is too old. Use a newer one, for example Firefox, Edge, Chrome or Safari.',
    'Deze browser is te oud. Gebruik een nieuwere, zoals Firefox, Edge, Chrome of Safari.',
    'Ce navigateur est trop ancien. Utilisez-en un plus r\u00e9cent : Firefox, Edge, Chrome ou Safari.',
    'Dieser Browser ist zu alt. Nehmen Sie einen neueren: Firefox, Edge, Chrome oder Safari.',
    'Este navegador es demasiado antiguo. Use uno m\u00e1s nuevo: Firefox, Edge, Chrome o Safari.',
    'Denne nettleseren er for gammel. Bruk en nyere: Firefox, Edge, Chrome eller Safari.',
    'Ta brskalnik je prestar. Uporabite novej\u0161ega: Firefox, Edge, Chrome ali Safari.'
  ];
  var makers = [
    ['Firefox', 'https://www.mozilla.org/firefox/'], ['Edge', 'https://www.microsoft.com/edge'],
    ['Chrome', 'https://www.google.com/chrome/'], ['Safari', 'https://support.apple.com/safari']
  ];
  var i;
  box.id = 'old';
  box.className = 'sg-card sg-stack';
  for (i = 0; i < texts.length; i++) {
    var line = document.createElement('p');
    line.appendChild(document.createTextNode(texts[i]));
    box.appendChild(line);
  }
  var list = document.createElement('ul');
  for (i = 0; i < makers.length; i++) {
    var item = document.createElement('li');
    var link = document.createElement('a');
    link.href = makers[i][1];
    link.rel = 'noreferrer';
    link.appendChild(document.createTextNode(makers[i][0]));
    item.appendChild(link);
    list.appendChild(item);
  }
  box.appendChild(list);
  main.parentNode.insertBefore(box, main);
})();
