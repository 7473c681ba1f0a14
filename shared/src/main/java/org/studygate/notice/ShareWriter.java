package org.studygate.notice;

import java.net.URI;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.studygate.department.Department;
import org.studygate.department.Verification;
import org.studygate.i18n.Catalogue;
import org.studygate.notice.MailContent.Block;
import org.studygate.notice.ShareMessage.Exam;
import org.studygate.notice.ShareMessage.Way;
import org.studygate.notice.Writer.Speech;

/// Writes what people are told of sharing. No link in it holds a secret; what a person wrote is
/// text and nothing else ([Inert]).
final class ShareWriter {
  private static final String BETWEEN = " · ";
  private static final String CUT = "...";

  /// Of a name so much is left in an SMS at least.
  private static final int SHORTEST = 12;

  private final URI publicOrigin;

  ShareWriter(URI publicOrigin) {
    this.publicOrigin = publicOrigin;
  }

  Written write(ShareMessage share, Department department, Catalogue words) {
    return switch (share.way()) {
      case Way.ByNumber way when share.channel().equals("sms") ->
          sms(share, way, department, words);
      case Way.ByNumber way ->
          mail(share, department, words, say -> byNumber(way, department, say));
      case Way.SignedIn way -> mail(share, department, words, say -> signedIn(way, say));
    };
  }

  /// How the reader gets to what was shared.
  private interface Steps {
    Stream<Block> of(Speech say);
  }

  private Written mail(ShareMessage share, Department department, Catalogue words, Steps steps) {
    var holes = new HashMap<>(Writer.holes(department, Integer.toString(share.count())));
    holes.put("by", Inert.line(share.by()));
    holes.put("group", Inert.line(share.with().orElse("")));
    share.lastDay().ifPresent(day -> holes.put("date", date(day, words)));
    var say = new Speech("mail.share.", words, holes);
    var blocks = new ArrayList<Block>();
    blocks.add(new Block.Paragraph(say.of("body")));
    share.with().ifPresent(_ -> blocks.add(new Block.Paragraph(say.of("group"))));
    share.exams().forEach(exam -> blocks.add(new Block.Paragraph(line(exam, holes, words))));
    if (share.exams().isEmpty()) {
      blocks.add(new Block.Paragraph(say.of("anonymised")));
    }
    share
        .text()
        .map(Inert::lines)
        .ifPresent(lines -> blocks.add(new Block.Quote(say.of("message"), lines)));
    steps.of(say).forEach(blocks::add);
    share.lastDay().ifPresent(_ -> blocks.add(new Block.Paragraph(say.of("until"))));
    blocks.add(new Block.Note(say.of("ignore")));
    return Writer.mail(share.to(), department, say, share.urgent() ? "urgent" : "subject", blocks);
  }

  private Stream<Block> signedIn(Way.SignedIn way, Speech say) {
    var code = way.code() ? Stream.of(new Block.Paragraph(say.of("code"))) : Stream.<Block>empty();
    return Stream.concat(code, Stream.of(new Block.Link(say.of("open"), page(way))));
  }

  private URI page(Way.SignedIn way) {
    return publicOrigin.resolve(
        "/professional/studies" + way.study().map(study -> "/" + study).orElse(""));
  }

  private Stream<Block> byNumber(Way.ByNumber way, Department department, Speech say) {
    var steps =
        Stream.of(
            new Block.Paragraph(say.of("number")),
            new Block.Reference(way.number()),
            new Block.Link(say.of("page"), publicOrigin.resolve("/?d=" + department.id())),
            new Block.Paragraph(say.of("type")));
    var then = then(way.code()).map(part -> new Block.Paragraph(say.of(part)));
    var keep = Stream.of(new Block.Paragraph(say.of("keep")));
    return Stream.of(steps, then.stream(), keep).flatMap(part -> part);
  }

  private static Optional<String> then(Verification code) {
    return switch (code) {
      case OTP_SMS -> Optional.of("then.sms");
      case OTP_EMAIL -> Optional.of("then.email");
      case DATE_OF_BIRTH, PAYMENT -> Optional.empty();
    };
  }

  /// One message, as long as its letters are in the alphabet of SMS: names are cut, never the
  /// number or where it is typed. A name that has other letters gives way to that of the hospital.
  private Written sms(
      ShareMessage share, Way.ByNumber way, Department department, Catalogue words) {
    var key = share.urgent() ? "sms.share.urgent" : "sms.share";
    var hospital = Gsm7.plain(department.hospital());
    var by = Gsm7.plain(Inert.line(share.by()).replace("\u200b", ""));
    if (by.isEmpty() || Gsm7.length(by) == Integer.MAX_VALUE) {
      by = hospital;
    }
    hospital = cut(hospital, over(sms(key, way, by, hospital, words)));
    by = cut(by, over(sms(key, way, by, hospital, words)));
    return new Written.Sms(share.to(), sms(key, way, by, hospital, words));
  }

  private static int over(String text) {
    var length = Gsm7.length(text);
    return (length == Integer.MAX_VALUE ? text.length() : length) - Gsm7.ONE_MESSAGE;
  }

  private static String cut(String name, int over) {
    var left = Math.max(SHORTEST, name.length() - over - CUT.length());
    return over <= 0 || left + CUT.length() >= name.length()
        ? name
        : name.substring(0, left).strip() + CUT;
  }

  private String sms(String key, Way.ByNumber way, String by, String hospital, Catalogue words) {
    var holes =
        Map.of(
            "by",
            by,
            "site",
            publicOrigin.getHost(),
            "number",
            way.number(),
            "department",
            hospital);
    return words.text(key, holes);
  }

  /// To whoever shared it.
  Written write(OpenedMessage opened, Department department, Catalogue words) {
    var holes = new HashMap<>(Writer.holes(department, "1"));
    holes.put("by", Inert.line(opened.by()));
    var say = new Speech("mail.opened.", words, holes);
    var blocks = new ArrayList<Block>();
    blocks.add(new Block.Paragraph(say.of("body")));
    var exam = line(opened.exam(), holes, words);
    if (!exam.isEmpty()) {
      blocks.add(new Block.Paragraph(exam));
    }
    var page =
        opened
            .study()
            .map(study -> "/professional/studies/" + study)
            .orElse("/professional/shares");
    blocks.add(new Block.Link(say.of("open"), publicOrigin.resolve(page)));
    blocks.add(new Block.Note(say.of("again")));
    return Writer.mail(opened.to(), department, say, "subject", blocks);
  }

  private static String line(Exam exam, Map<String, String> holes, Catalogue words) {
    var own = new HashMap<>(holes);
    own.put("initials", exam.initials());
    own.put("description", Inert.line(exam.description()));
    exam.date().ifPresent(day -> own.put("date", date(day, words)));
    return Stream.of(
            exam.initials().isBlank() ? "" : words.text("mail.news.patient", own),
            exam.description().isBlank() ? "" : words.text("mail.news.exam", own),
            exam.date().isEmpty() ? "" : words.text("mail.news.date", own))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(BETWEEN));
  }

  private static String date(LocalDate day, Catalogue words) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
        .withLocale(Writer.european(words.language()))
        .format(day);
  }
}
