package org.studygate.notice;

import java.nio.charset.StandardCharsets;
import org.studygate.json.JsonObject;

/// What is to be told to a person. It exists in memory and, sealed, in the outbox; how it reads
/// is decided when it is sent.
public sealed interface Message
    permits CodeMessage,
        PincodeMessage,
        ReceiptMessage,
        DigestMessage,
        AttemptMessage,
        NewsMessage,
        NoteMessage,
        OpenedMessage,
        ShareMessage {
  /// `sms` or `email`
  String channel();

  String to();

  String language();

  String department();

  MessageKind kind();

  String json();

  static Message parse(String json) {
    var object = JsonObject.parse(json.getBytes(StandardCharsets.UTF_8));
    var message =
        switch (MessageKind.valueOf(object.optionalString("kind").orElse("CODE"))) {
          case CODE -> CodeMessage.read(object);
          case PINCODE -> PincodeMessage.read(object);
          case RECEIPT -> ReceiptMessage.read(object);
          case DIGEST -> DigestMessage.read(object);
          case ATTEMPT -> AttemptMessage.read(object);
          case NEWS -> NewsMessage.read(object);
          case NOTE -> NoteMessage.read(object);
          case SHARE -> ShareMessage.read(object);
          case OPENED -> OpenedMessage.read(object);
        };
    object.done();
    return message;
  }
}
