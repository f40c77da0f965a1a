package dev.moonflow.training.batch;

import dev.moonflow.model.tokenizer.TokenBuffer;
import dev.moonflow.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Builds the tokens of one example with the weight of each. Neighbouring text is tokenised as one
 * run, since tokens may cross its parts; a token counts only if all of its bytes do.
 */
final class TokenLayout {
  private record Span(int bytes, boolean learnt) {}

  private final Tokenizer tokenizer;
  private final int mediaTokenId;
  private final TokenBuffer tokens = new TokenBuffer();
  private float[] weights = new float[64];
  private final StringBuilder open = new StringBuilder();
  private final List<Span> spans = new ArrayList<>();

  TokenLayout(Tokenizer tokenizer, int mediaTokenId) {
    this.tokenizer = tokenizer;
    this.mediaTokenId = mediaTokenId;
  }

  /** Adds text; names of control tokens in it stay text. */
  void text(String text, boolean learnt) {
    open.append(text);
    spans.add(new Span(utf8Length(text), learnt));
  }

  /** Adds a control token. */
  void control(String name, boolean learnt) {
    closeText();
    add(tokenizer.requiredSpecial(name), learnt);
  }

  /** Adds an image's block, which is never learnt; returns the index of its first token. */
  int media(int mediaTokens) {
    control("<|media_start|>", false);
    int start = tokens.size() - 1;
    text("image", false);
    control("<|media_content|>", false);
    for (int i = 0; i < mediaTokens; i++) {
      add(mediaTokenId, false);
    }
    control("<|media_end|>", false);
    return start;
  }

  /** Number of tokens so far; text must be closed by a control token before it. */
  int size() {
    return tokens.size();
  }

  int[] tokens() {
    closeText();
    return tokens.toArray();
  }

  float[] weights() {
    closeText();
    return Arrays.copyOf(weights, tokens.size());
  }

  private void closeText() {
    if (open.length() == 0) {
      spans.clear();
      return;
    }
    int span = 0;
    int left = spans.get(0).bytes();
    for (int id : tokenizer.encode(open.toString())) {
      boolean learnt = true;
      for (int bytes = tokenizer.bytes(id).length; bytes > 0; bytes--) {
        while (left == 0 && span + 1 < spans.size()) {
          left = spans.get(++span).bytes();
        }
        learnt &= spans.get(span).learnt();
        left = Math.max(0, left - 1);
      }
      add(id, learnt);
    }
    open.setLength(0);
    spans.clear();
  }

  private void add(int id, boolean learnt) {
    if (tokens.size() == weights.length) {
      weights = Arrays.copyOf(weights, 2 * weights.length);
    }
    weights[tokens.size()] = learnt ? 1f : 0f;
    tokens.add(id);
  }

  /** Bytes in UTF-8; an unpaired surrogate becomes U+FFFD, three bytes, as in the tokenizer. */
  private static int utf8Length(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else {
        bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      }
    }
    return bytes;
  }
}
