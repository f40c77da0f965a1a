package dev.moonflow.kernels.dense;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loads vectors from memory outside the heap. Up to Java 18 the Vector API reads byte buffers,
 * later memory segments; a method handle, constant to the compiler, is whichever there is.
 */
final class MappedVectors {
  /** The widest int vectors of this machine that fit a panel of 16 outputs. */
  static final VectorSpecies<Integer> INTS =
      IntVector.SPECIES_PREFERRED.length() <= WeightFormat.PANEL
          ? IntVector.SPECIES_PREFERRED
          : IntVector.SPECIES_512;

  /** Floats of the same shape. */
  static final VectorSpecies<Float> FLOATS = INTS.withLanes(float.class);

  /** Ints in one vector. */
  static final int WIDTH = INTS.length();

  private static final MethodHandle OF_BUFFER;
  private static final MethodHandle LOAD;

  static {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    MethodHandle load;
    MethodHandle of;
    try {
      Class<?> segment = segmentClass();
      if (segment == null) {
        of = MethodHandles.identity(ByteBuffer.class);
        load =
            lookup.findStatic(
                IntVector.class,
                "fromByteBuffer",
                MethodType.methodType(
                    IntVector.class,
                    VectorSpecies.class,
                    ByteBuffer.class,
                    int.class,
                    ByteOrder.class));
      } else {
        of =
            lookup.findStatic(
                segment, "ofBuffer", MethodType.methodType(segment, java.nio.Buffer.class));
        load =
            lookup.findStatic(
                IntVector.class,
                "fromMemorySegment",
                MethodType.methodType(
                    IntVector.class, VectorSpecies.class, segment, long.class, ByteOrder.class));
      }
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
    OF_BUFFER = of.asType(MethodType.methodType(Object.class, ByteBuffer.class));
    MethodHandle bound = MethodHandles.insertArguments(load, 0, INTS);
    bound = MethodHandles.insertArguments(bound, 2, ByteOrder.LITTLE_ENDIAN);
    LOAD = bound.asType(MethodType.methodType(IntVector.class, Object.class, int.class));
  }

  private MappedVectors() {}

  private static Class<?> segmentClass() {
    if (Runtime.version().feature() < 19) {
      return null;
    }
    try {
      return Class.forName("java.lang.foreign.MemorySegment");
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("Java 19 and later have memory segments", e);
    }
  }

  /** What {@link #ints} reads from: a buffer or its segment. */
  static Object memory(ByteBuffer direct) {
    try {
      return OF_BUFFER.invokeExact(direct);
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  /** Little-endian ints from byte {@code at} on. */
  static IntVector ints(Object memory, int at) {
    try {
      return (IntVector) LOAD.invokeExact(memory, at);
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  /** The same lanes as floats' bits. */
  static FloatVector floats(IntVector bits) {
    return bits.reinterpretAsFloats();
  }

  private static RuntimeException rethrown(Throwable e) {
    if (e instanceof RuntimeException) {
      return (RuntimeException) e;
    }
    if (e instanceof Error) {
      throw (Error) e;
    }
    return new IllegalStateException(e);
  }
}
