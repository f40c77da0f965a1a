package dev.moonflow.training.trainer;

/** The processes that make every step together, as far as the loop must know of them. */
public interface Ranks {

  /** A run of one process. */
  Ranks ALONE =
      new Ranks() {
        @Override
        public int rank() {
          return 0;
        }

        @Override
        public int size() {
          return 1;
        }

        @Override
        public double[] sum(double[] values) {
          return values.clone();
        }
      };

  /** This process, from 0. */
  int rank();

  /** How many there are. */
  int size();

  /** The sums over all ranks, element by element; waits until every rank has asked. */
  double[] sum(double[] values);

  /** Whether this is the one that writes and prints. */
  default boolean isFirst() {
    return rank() == 0;
  }

  /** Whether any rank says so; waits until every rank has asked. */
  default boolean any(boolean here) {
    return sum(new double[] {here ? 1 : 0})[0] > 0;
  }
}
