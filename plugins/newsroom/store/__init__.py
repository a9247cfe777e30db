"""What is kept between builds, and the digests that identify it."""
