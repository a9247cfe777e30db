"""What is kept between builds, and the digests it is known by."""
