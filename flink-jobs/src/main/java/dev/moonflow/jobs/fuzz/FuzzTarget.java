package dev.moonflow.jobs.fuzz;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Something that parses what others send.
 *
 * @param name as the command line has it
 * @param seeds good inputs, each of which comes to a value
 * @param words pieces that inputs of this kind are made of
 * @param text whether inputs are text: then they are also changed token by token
 * @param mend puts checksums and lengths in order after a change, so that a change reaches what
 *     lies behind them
 * @param refusals what may be thrown, and what it may extend
 * @param allocation what an input may make it allocate
 * @param parser what is tested
 */
public record FuzzTarget(
    String name,
    List<byte[]> seeds,
    List<byte[]> words,
    boolean text,
    UnaryOperator<byte[]> mend,
    Set<Class<? extends Exception>> refusals,
    Allocation allocation,
    Parser parser) {

  public FuzzTarget {
    seeds = List.copyOf(seeds);
    words = List.copyOf(words);
    refusals = Set.copyOf(refusals);
  }

  /** What is tested. */
  public interface Parser {
    /**
     * Parses one input, and uses the value as the product would.
     *
     * @throws Exception one of the documented refusals
     */
    void parse(byte[] input) throws Exception;
  }

  /**
   * How much may be allocated in all for one input, garbage included.
   *
   * @param base bytes whatever the input; declared limits, as of pixels, are in it
   * @param perByte bytes for each byte of the input
   */
  public record Allocation(long base, long perByte) {
    /** The most for an input of this length. */
    long max(int length) {
      return base + perByte * length;
    }
  }

  /** Whether this is a documented refusal. */
  boolean refuses(Throwable failure) {
    return refusals.stream().anyMatch(refusal -> refusal.isInstance(failure));
  }
}
