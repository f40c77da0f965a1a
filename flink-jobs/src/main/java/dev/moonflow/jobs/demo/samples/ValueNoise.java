package dev.moonflow.jobs.demo.samples;

/**
 * Smooth random values over the plane, the same for the same seed on every machine: a lattice of
 * hashed values, interpolated, summed over octaves.
 */
final class ValueNoise {
  private final int seed;

  ValueNoise(int seed) {
    this.seed = seed;
  }

  /** Octaves of noise at {@code (x, y)}, in [0, 1]; each octave doubles the detail. */
  double fractal(double x, double y, int octaves) {
    double sum = 0;
    double weight = 0.5;
    double total = 0;
    for (int i = 0; i < octaves; i++) {
      sum += weight * smooth(x, y, i);
      total += weight;
      weight /= 2;
      x *= 2.03;
      y *= 2.03;
    }
    return sum / total;
  }

  /** An independent value for a pixel, in [0, 1). */
  double grain(int x, int y) {
    return lattice(x, y, 97);
  }

  private double smooth(double x, double y, int octave) {
    int ix = (int) Math.floor(x);
    int iy = (int) Math.floor(y);
    double u = fade(x - ix);
    double v = fade(y - iy);
    double top = mix(lattice(ix, iy, octave), lattice(ix + 1, iy, octave), u);
    double bottom = mix(lattice(ix, iy + 1, octave), lattice(ix + 1, iy + 1, octave), u);
    return mix(top, bottom, v);
  }

  private double lattice(int x, int y, int octave) {
    int h = seed ^ (x * 0x9E3779B1) ^ (y * 0x85EBCA77) ^ (octave * 0xC2B2AE3D);
    h = (h ^ (h >>> 15)) * 0x2C1B3C6D;
    h = (h ^ (h >>> 12)) * 0x297A2D39;
    h ^= h >>> 15;
    return (h >>> 8) / (double) (1 << 24);
  }

  private static double fade(double t) {
    return t * t * (3 - 2 * t);
  }

  private static double mix(double a, double b, double t) {
    return a + (b - a) * t;
  }
}
