package dev.moonflow.model.engine;

import dev.moonflow.kernels.math.LatentLayout;
import dev.moonflow.model.language.KvSequence;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The KV of what prompts about images begin with: the tokens before the first image, which are the
 * same for every line and every page that is asked the same. They are computed once and copied; a
 * token's KV depends on the tokens before it alone, so a request cannot tell.
 *
 * <p>Keeps the {@value #PREFIXES} prefixes used last, of at most one page of KV each. Belongs to
 * the engine's thread.
 */
final class PrefixCache {
  /** Prefixes that are kept. */
  static final int PREFIXES = 4;

  /** Fewer tokens are as quickly computed as looked up. */
  private static final int TOKENS_MIN = 4;

  private final int mediaTokenId;
  private final Map<Prefix, float[]> pages = new LinkedHashMap<>(16, 0.75f, true);

  PrefixCache(int mediaTokenId) {
    this.mediaTokenId = mediaTokenId;
  }

  private record Prefix(int[] tokens) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Prefix that && Arrays.equals(tokens, that.tokens);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(tokens);
    }
  }

  /** Tokens of a prompt that may be shared: those before its first image; 0 if it has none. */
  int sharedTokens(int[] prompt) {
    for (int i = 0; i < prompt.length; i++) {
      if (prompt[i] == mediaTokenId) {
        int tokens = Math.min(i, LatentLayout.TOKENS);
        return tokens < TOKENS_MIN ? 0 : tokens;
      }
    }
    return 0;
  }

  /** Gives a sequence that has not begun the KV of its prompt's first tokens, if it is known. */
  void begin(KvSequence sequence, int[] prompt) {
    int tokens = sharedTokens(prompt);
    float[] page = tokens == 0 ? null : pages.get(prefix(prompt, tokens));
    if (page != null) {
      sequence.begin(page, tokens);
    }
  }

  /** Keeps the KV of a prompt's first tokens once a sequence has them. */
  void offer(KvSequence sequence, int[] prompt) {
    int tokens = sharedTokens(prompt);
    if (tokens == 0 || sequence.length() < tokens) {
      return;
    }
    Prefix prefix = prefix(prompt, tokens);
    if (!pages.containsKey(prefix)) {
      if (pages.size() == PREFIXES) {
        pages.remove(pages.keySet().iterator().next());
      }
      pages.put(prefix, sequence.copyOfFirstPage(tokens));
    }
  }

  private static Prefix prefix(int[] prompt, int tokens) {
    return new Prefix(Arrays.copyOf(prompt, tokens));
  }
}
