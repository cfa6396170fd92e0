#include "services/kinesis/sequence_number.h"

#include <gtest/gtest.h>

namespace tidemill::kinesis {
namespace {

TEST(SequenceNumber, HasFiftySixDigitsAndReadsBack) {
  const SequenceNumber number{1'790'000'000'123, 17, 42};
  const std::string text = to_text(number);
  EXPECT_EQ(text.size(), 56u);
  EXPECT_EQ(text.substr(0, 2), "49");
  EXPECT_EQ(parse_sequence_number(text), number);
}

TEST(SequenceNumber, SortsByShardAndPosition) {
  const std::string first = to_text({1'790'000'000'123, 0, 9});
  EXPECT_LT(first, to_text({1'790'000'000'123, 0, 10}));
  EXPECT_LT(first, to_text({1'790'000'000'123, 1, 1}));
  EXPECT_LT(first, to_text({1'790'000'000'124, 0, 1}));
}

TEST(SequenceNumber, RefusesWhatIsNotOurs) {
  EXPECT_FALSE(parse_sequence_number(""));
  EXPECT_FALSE(parse_sequence_number("0"));
  EXPECT_FALSE(parse_sequence_number(std::string(56, '9')));
  EXPECT_FALSE(parse_sequence_number("49" + std::string(53, '0') + "x"));
}

TEST(SequenceNumber, RefusesAPositionBeyondSixtyFourBits) {
  EXPECT_FALSE(parse_sequence_number("49" + std::string(34, '0') + std::string(20, '9')));
}

}  // namespace
}  // namespace tidemill::kinesis
