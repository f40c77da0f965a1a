package dev.moonflow.kernels.packing;

import dev.moonflow.kernels.device.DeviceKernel;
import dev.moonflow.kernels.device.LaunchCounters;
import dev.moonflow.kernels.device.OpenClDevice;

/**
 * Patch packing on a device, {@link #CAPACITY} patches at a time. The twin of {@link
 * CpuPatchPacker}: pixels and angles are looked up in the same tables, and positions take the same
 * products and fused multiply-adds in the same order.
 *
 * <p>One work-group makes one patch: its items share out the pixels, then the rotary slots, then
 * the channels of the position. The host describes each patch by {@link #PLACE} integers and {@link
 * #TAPS} weights:
 *
 * <pre>
 *   place   0        first byte of the patch in source
 *           1        bytes from one pixel row to the next
 *           2, 3     grid row and column
 *           4        first value of its cell in the position table, or -1: interpolate
 *           5 ..  8  tap rows of the table, as their first values
 *           9 .. 12  tap columns of the table, as offsets of their values in a row
 *   taps    0 ..  3  weights of the tap rows
 *           4 ..  7  weights of the tap columns
 * </pre>
 */
final class PackingKernel extends DeviceKernel {
  /** Patches of one launch; more than any row of patches has, so whole rows always fit. */
  static final int CAPACITY = PackingSpec.MAX_SIDE;

  static final int PLACE = 13;
  static final int TAPS = 8;

  // Filled by the host for each launch.
  final byte[] source; // interleaved RGB of the patches' pixel rows
  final int[] place; // [CAPACITY, PLACE]
  final float[] taps; // [CAPACITY, TAPS]
  int patches; // 0 makes a launch do nothing

  // Made by a launch.
  final float[] pixels; // [CAPACITY, 3, p, p]
  final float[] cos; // [CAPACITY, d/2]
  final float[] sin; // [CAPACITY, d/2]
  final float[] positions; // [CAPACITY, D]

  // Constant.
  final float[] pixelTable; // [3, 256]
  final float[] cosTable; // [512, d/4]
  final float[] sinTable; // [512, d/4]
  final float[] positionTable;
  final int[] pixelRow; // [p p] y
  final int[] pixelByte; // [p p] 3 x
  final int area; // p p
  final int slots; // d/2
  final int frequencies; // d/4
  final int dim; // D

  PackingKernel(OpenClDevice device, LaunchCounters counters, SpecTables tables) {
    PackingSpec spec = tables.spec();
    int p = spec.patchSize();
    area = p * p;
    slots = spec.ropeSlots();
    frequencies = tables.rope().frequencies();
    dim = spec.positions().dim();
    pixelTable = tables.pixels();
    cosTable = tables.rope().cos();
    sinTable = tables.rope().sin();
    positionTable = spec.positions().values();
    pixelRow = new int[area];
    pixelByte = new int[area];
    for (int i = 0; i < area; i++) {
      pixelRow[i] = i / p;
      pixelByte[i] = i % p * 3;
    }
    source = new byte[CAPACITY * 3 * area];
    place = new int[CAPACITY * PLACE];
    taps = new float[CAPACITY * TAPS];
    pixels = new float[CAPACITY * 3 * area];
    cos = new float[CAPACITY * slots];
    sin = new float[CAPACITY * slots];
    positions = new float[Math.multiplyExact(CAPACITY, dim)];
    open(device, counters);
    put(pixelTable).put(cosTable).put(sinTable).put(positionTable).put(pixelRow).put(pixelByte);
  }

  /** Packs the patches that the host has described; the results lie in this kernel's arrays. */
  void pack(int described) {
    patches = described;
    put(source).put(place).put(taps);
    launch(described, 1);
    get(pixels).get(cos).get(sin).get(positions);
  }

  @Override
  public void run() {
    int patch = getGroupId();
    if (patch < patches) {
      pixels(patch);
      rotate(patch);
      if (place[patch * PLACE + 4] >= 0) {
        copyPosition(patch);
      } else {
        interpolate(patch);
      }
    }
  }

  private void pixels(int patch) {
    int first = place[patch * PLACE];
    int stride = place[patch * PLACE + 1];
    int target = patch * 3 * area;
    for (int i = getLocalId(); i < area; i += getLocalSize()) {
      int at = first + pixelRow[i] * stride + pixelByte[i];
      pixels[target + i] = pixelTable[source[at] & 0xff];
      pixels[target + area + i] = pixelTable[256 + (source[at + 1] & 0xff)];
      pixels[target + 2 * area + i] = pixelTable[512 + (source[at + 2] & 0xff)];
    }
  }

  private void rotate(int patch) {
    int row = place[patch * PLACE + 2];
    int col = place[patch * PLACE + 3];
    for (int slot = getLocalId(); slot < slots; slot += getLocalSize()) {
      int position = (slot & 1) == 0 ? col : row;
      int at = position * frequencies + (slot >> 1);
      cos[patch * slots + slot] = cosTable[at];
      sin[patch * slots + slot] = sinTable[at];
    }
  }

  private void copyPosition(int patch) {
    int from = place[patch * PLACE + 4];
    for (int d = getLocalId(); d < dim; d += getLocalSize()) {
      positions[patch * dim + d] = positionTable[from + d];
    }
  }

  private void interpolate(int patch) {
    int at = patch * PLACE + 5;
    int w = patch * TAPS;
    for (int d = getLocalId(); d < dim; d += getLocalSize()) {
      float sum = taps[w] * alongRow(patch, place[at] + d);
      sum = Math.fma(taps[w + 1], alongRow(patch, place[at + 1] + d), sum);
      sum = Math.fma(taps[w + 2], alongRow(patch, place[at + 2] + d), sum);
      positions[patch * dim + d] = Math.fma(taps[w + 3], alongRow(patch, place[at + 3] + d), sum);
    }
  }

  /** The four tap columns of one table row, for one channel. */
  private float alongRow(int patch, int from) {
    int at = patch * PLACE + 9;
    int w = patch * TAPS + 4;
    float sum = taps[w] * positionTable[from + place[at]];
    sum = Math.fma(taps[w + 1], positionTable[from + place[at + 1]], sum);
    sum = Math.fma(taps[w + 2], positionTable[from + place[at + 2]], sum);
    return Math.fma(taps[w + 3], positionTable[from + place[at + 3]], sum);
  }
}
