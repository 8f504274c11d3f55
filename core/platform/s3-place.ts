/** A place in a store that speaks S3. */
export interface S3Place {
  readonly bucket: string
  /** What the keys of all objects begin with: nothing, or what ends with a slash. */
  readonly prefix: string
  readonly region: string
  /** Null is Amazon's. */
  readonly endpoint: string | null
}

/** What one signs requests to a bucket with. */
export interface S3Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** Reads `s3://BUCKET/PREFIX?region=…&endpoint=…`. */
export const s3Place = ({ hostname, pathname, searchParams }: URL): S3Place => ({
  bucket: hostname,
  prefix: pathname.slice(1).replace(/(.)\/*$/, '$1/'),
  region: searchParams.get('region') ?? 'us-east-1',
  endpoint: searchParams.get('endpoint'),
})
