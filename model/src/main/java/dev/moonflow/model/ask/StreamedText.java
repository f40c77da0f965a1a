package dev.moonflow.model.ask;

import dev.moonflow.model.chat.ThinkingSplitter;
import dev.moonflow.model.tokenizer.StreamingUtf8Decoder;
import dev.moonflow.model.tokenizer.Tokenizer;

/** The visible text of a generation that grows: gives what each new token adds to it. */
final class StreamedText {
  private final Tokenizer tokenizer;
  private final StreamingUtf8Decoder decoder = new StreamingUtf8Decoder();
  private final ThinkingSplitter splitter = new ThinkingSplitter();
  private int tokens;
  private int shown;

  StreamedText(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** What became visible since the last call, {@code all} being every token so far. */
  String next(int[] all) {
    for (; tokens < all.length; tokens++) {
      if (!tokenizer.specials().contains(all[tokens])) {
        splitter.push(decoder.push(tokenizer.bytes(all[tokens])));
      }
    }
    return beyond(splitter.current().text());
  }

  /** The rest, once the last token has been seen. */
  String end() {
    splitter.push(decoder.finish());
    return beyond(splitter.finish().text());
  }

  private String beyond(String text) {
    String more = text.length() > shown ? text.substring(shown) : "";
    shown = Math.max(shown, text.length());
    return more;
  }
}
