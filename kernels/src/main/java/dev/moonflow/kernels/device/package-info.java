/**
 * The OpenCL device: one discovery per process, strict compilation, checked launches, and the
 * explicit choice between opencl and cpu.
 */
package dev.moonflow.kernels.device;
