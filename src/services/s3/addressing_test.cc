#include "services/s3/addressing.h"

#include <gtest/gtest.h>

namespace tidemill::s3 {
namespace {

TEST(BucketOfHost, IsWhatStandsBeforeTheService) {
  EXPECT_EQ(bucket_of_host("lake.s3.amazonaws.com"), "lake");
  EXPECT_EQ(bucket_of_host("my.dotted.lake.s3.eu-west-1.amazonaws.com:443"), "my.dotted.lake");
  EXPECT_EQ(bucket_of_host("lake.s3-eu-west-1.amazonaws.com"), "lake");
  EXPECT_EQ(bucket_of_host("lake.s3.dualstack.us-east-2.amazonaws.com"), "lake");
  EXPECT_EQ(bucket_of_host("lake.s3.us-east-1.localhost.localstack.cloud:4566"), "lake");
  EXPECT_EQ(bucket_of_host("Lake.s3.localhost:4566"), "lake");
  EXPECT_EQ(bucket_of_host("lake.localhost:4566"), "lake");
}

TEST(BucketOfHost, IsAbsentWhenTheHostNamesTheServiceOnly) {
  EXPECT_FALSE(bucket_of_host("localhost:4566"));
  EXPECT_FALSE(bucket_of_host("127.0.0.1:4566"));
  EXPECT_FALSE(bucket_of_host("s3.amazonaws.com"));
  EXPECT_FALSE(bucket_of_host("s3.us-east-1.amazonaws.com"));
  EXPECT_FALSE(bucket_of_host("s3.us-east-1.localhost.localstack.cloud:4566"));
  EXPECT_FALSE(bucket_of_host("localhost.localstack.cloud:4566"));
  EXPECT_FALSE(bucket_of_host("kinesis.us-east-1.amazonaws.com"));
  EXPECT_FALSE(bucket_of_host(""));
}

}  // namespace
}  // namespace tidemill::s3
