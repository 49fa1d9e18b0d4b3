"""What the desks want done with each camera: followed in the bucket, kept on disk for when the centre is away."""
