/* Browsers that know no modules are too old to be safe: say so, in the words of every language. */
(function () {
  var main = document.getElementById('main');
  var texts = [
    'This browser is too old. Use a newer one, for example Firefox, Edge, Chrome or Safari.',
    'Deze browser is te oud. Gebruik een nieuwere, zoals Firefox, Edge, Chrome of Safari.',
    'Ce navigateur est trop ancien. Utilisez-en un plus r\u00e9cent : Firefox, Edge, Chrome ou Safari.',
    'Dieser Browser ist zu alt. Nehmen Sie einen neueren: Firefox, Edge, Chrome oder Safari.',
    'Este navegador es demasiado antiguo. Use uno m\u00e1s nuevo: Firefox, Edge, Chrome o Safari.',
    'Denne nettleseren er for gammel. Bruk en nyere: Firefox, Edge, Chrome eller Safari.',
    'Ta brskalnik je prestar. Uporabite novej\u0161ega: Firefox, Edge, Chrome ali Safari.'
  ];
  for (var i = 0; i < texts.length; i++) {
    var line = document.createElement('p');
    line.appendChild(document.createTextNode(texts[i]));
    main.appendChild(line);
  }
})();
