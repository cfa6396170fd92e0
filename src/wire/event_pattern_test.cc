#include "wire/event_pattern.h"

#include <gtest/gtest.h>

#include "wire/json.h"

namespace tidemill {
namespace {

bool fits(const char* pattern, const char* event) {
  Result<EventPattern> compiled = EventPattern::parse(pattern);
  EXPECT_TRUE(compiled) << pattern;
  return compiled && compiled->matches(*parse_json(event));
}

std::string refusal(const char* pattern) {
  Result<EventPattern> compiled = EventPattern::parse(pattern);
  if (compiled) return "accepted";
  EXPECT_EQ(compiled.error().kind, ErrorKind::InvalidEventPatternException);
  return compiled.error().message;
}

TEST(EventPattern, ComparesLiteralsOfEveryKind) {
  EXPECT_TRUE(fits(R"({"a":["x","y"]})", R"({"a":"y"})"));
  EXPECT_FALSE(fits(R"({"a":["x"]})", R"({"a":"X"})"));
  EXPECT_TRUE(fits(R"({"a":[100]})", R"({"a":1e2})"));
  EXPECT_FALSE(fits(R"({"a":[100]})", R"({"a":"100"})"));
  EXPECT_TRUE(fits(R"({"a":[true]})", R"({"a":true})"));
  EXPECT_TRUE(fits(R"({"a":[null]})", R"({"a":null})"));
  EXPECT_FALSE(fits(R"({"a":[null]})", R"({})"));
  EXPECT_FALSE(fits(R"({"a":[""]})", R"({"a":null})"));
}

TEST(EventPattern, WantsAllMembersAndLooksInsideObjectsAndLists) {
  EXPECT_TRUE(fits(R"({"d":{"a":[1]},"s":["t"]})", R"({"s":"t","d":{"a":1,"b":2}})"));
  EXPECT_FALSE(fits(R"({"d":{"a":[1]},"s":["t"]})", R"({"s":"u","d":{"a":1}})"));
  EXPECT_TRUE(fits(R"({"a":[2]})", R"({"a":[1,2,3]})"));
  EXPECT_TRUE(fits(R"({"l":{"a":[1],"b":[2]}})", R"({"l":[{"a":0,"b":0},{"a":1,"b":2}]})"));
  EXPECT_FALSE(fits(R"({"l":{"a":[1],"b":[2]}})", R"({"l":[{"a":1,"b":0},{"a":0,"b":2}]})"));
}

TEST(EventPattern, ComparesTexts) {
  EXPECT_TRUE(fits(R"({"a":[{"prefix":"ab"}]})", R"({"a":"abc"})"));
  EXPECT_FALSE(fits(R"({"a":[{"prefix":"AB"}]})", R"({"a":"abc"})"));
  EXPECT_TRUE(fits(R"({"a":[{"prefix":{"equals-ignore-case":"AB"}}]})", R"({"a":"abc"})"));
  EXPECT_TRUE(fits(R"({"a":[{"suffix":".png"}]})", R"({"a":"x.png"})"));
  EXPECT_TRUE(fits(R"({"a":[{"suffix":{"equals-ignore-case":".PNG"}}]})", R"({"a":"x.png"})"));
  EXPECT_TRUE(fits(R"({"a":[{"equals-ignore-case":"AliCe"}]})", R"({"a":"aLICE"})"));
  EXPECT_TRUE(fits(R"({"a":[{"wildcard":"dir/*/x*.txt"}]})", R"({"a":"dir/a/b/xyz.txt"})"));
  EXPECT_FALSE(fits(R"({"a":[{"wildcard":"a*b"}]})", R"({"a":"abc"})"));
  EXPECT_TRUE(fits(R"({"a":[{"wildcard":"a\\*b"}]})", R"({"a":"a*b"})"));
  EXPECT_FALSE(fits(R"({"a":[{"wildcard":"a\\*b"}]})", R"({"a":"axb"})"));
}

TEST(EventPattern, ComparesNumbers) {
  const char* range = R"({"a":[{"numeric":[">",0,"<=",5]}]})";
  EXPECT_FALSE(fits(range, R"({"a":0})"));
  EXPECT_TRUE(fits(range, R"({"a":5})"));
  EXPECT_FALSE(fits(range, R"({"a":5.01})"));
  EXPECT_FALSE(fits(range, R"({"a":"3"})"));
  EXPECT_TRUE(fits(R"({"a":[{"numeric":["=",3]}]})", R"({"a":3.0})"));
  EXPECT_TRUE(fits(R"({"a":[{"numeric":["<",-1e3]}]})", R"({"a":-1001})"));
}

TEST(EventPattern, KnowsWhatExists) {
  EXPECT_TRUE(fits(R"({"a":[{"exists":true}]})", R"({"a":null})"));
  EXPECT_FALSE(fits(R"({"a":[{"exists":true}]})", R"({"a":{"b":1}})"));
  EXPECT_TRUE(fits(R"({"a":[{"exists":false}]})", R"({"b":1})"));
  EXPECT_TRUE(fits(R"({"d":{"a":[{"exists":false}]}})", R"({"b":1})"));
  EXPECT_TRUE(fits(R"({"a":[{"exists":false},"x"]})", R"({"a":"x"})"));
  EXPECT_FALSE(fits(R"({"a":[{"exists":false}]})", R"({"a":0})"));
}

TEST(EventPattern, ComparesAddresses) {
  EXPECT_TRUE(fits(R"({"a":[{"cidr":"10.0.0.0/24"}]})", R"({"a":"10.0.0.255"})"));
  EXPECT_FALSE(fits(R"({"a":[{"cidr":"10.0.0.0/24"}]})", R"({"a":"10.0.1.0"})"));
  EXPECT_TRUE(fits(R"({"a":[{"cidr":"2001:db8::/32"}]})", R"({"a":"2001:db8::1"})"));
  EXPECT_FALSE(fits(R"({"a":[{"cidr":"10.0.0.0/8"}]})", R"({"a":"somewhere"})"));
}

TEST(EventPattern, TakesAnythingBut) {
  EXPECT_TRUE(fits(R"({"a":[{"anything-but":"x"}]})", R"({"a":"y"})"));
  EXPECT_FALSE(fits(R"({"a":[{"anything-but":["x","y"]}]})", R"({"a":"y"})"));
  EXPECT_FALSE(fits(R"({"a":[{"anything-but":[1,2]}]})", R"({"a":2})"));
  EXPECT_TRUE(fits(R"({"a":[{"anything-but":"x"}]})", R"({"a":5})"));
  EXPECT_FALSE(fits(R"({"a":[{"anything-but":"x"}]})", R"({})"));
  EXPECT_FALSE(fits(R"({"a":[{"anything-but":{"prefix":"in"}}]})", R"({"a":"init"})"));
  EXPECT_FALSE(fits(R"({"a":[{"anything-but":{"prefix":["in","st"]}}]})", R"({"a":"stop"})"));
  EXPECT_TRUE(fits(R"({"a":[{"anything-but":{"suffix":".txt"}}]})", R"({"a":"a.png"})"));
  EXPECT_FALSE(fits(R"({"a":[{"anything-but":{"equals-ignore-case":["A"]}}]})", R"({"a":"a"})"));
  EXPECT_FALSE(fits(R"({"a":[{"anything-but":{"wildcard":"*/lib/*"}}]})", R"({"a":"/x/lib/y"})"));
}

TEST(EventPattern, TakesOneOfSeveralChoices) {
  const char* pattern = R"({"s":["t"],"$or":[{"a":[1]},{"b":{"c":[2]}}]})";
  EXPECT_TRUE(fits(pattern, R"({"s":"t","a":1})"));
  EXPECT_TRUE(fits(pattern, R"({"s":"t","b":{"c":2}})"));
  EXPECT_FALSE(fits(pattern, R"({"s":"t","a":2})"));
  EXPECT_FALSE(fits(pattern, R"({"a":1})"));
}

TEST(EventPattern, RefusesWhatIsNoPattern) {
  const std::string reason = "Event pattern is not valid. Reason: ";
  EXPECT_EQ(refusal("[]"), reason + "Filter is not an object");
  EXPECT_EQ(refusal("{}"), reason + "Empty objects are not allowed");
  EXPECT_EQ(refusal("{"), reason + "Filter is not valid JSON");
  EXPECT_EQ(refusal(R"({"a":"x"})"), reason + "\"a\" must be an object or an array");
  EXPECT_EQ(refusal(R"({"a":[]})"), reason + "Empty arrays are not allowed");
  EXPECT_EQ(refusal(R"({"a":[[1]]})"),
            reason + "Match value must be String, number, true, false, or null");
  EXPECT_EQ(refusal(R"({"a":[{"like":"x"}]})"), reason + "Unrecognized match type like");
  EXPECT_EQ(refusal(R"({"a":[{"prefix":1}]})"), reason + "prefix match pattern must be a string");
  EXPECT_EQ(refusal(R"({"a":[{"prefix":"a","suffix":"b"}]})"),
            reason + "Only one key allowed in match expression");
  EXPECT_EQ(refusal(R"({"a":[{"wildcard":"a**"}]})"),
            reason + "Consecutive wildcard characters at pos 1");
  EXPECT_EQ(refusal(R"({"a":[{"exists":"yes"}]})"),
            reason + "exists match pattern must be either true or false.");
  EXPECT_EQ(refusal(R"({"a":[{"cidr":"10.0.0.0"}]})"), reason + "Malformed CIDR, one '/' required");
}

TEST(EventPattern, RefusesRangesThatMakeNoSense) {
  const std::string reason = "Event pattern is not valid. Reason: ";
  EXPECT_EQ(refusal(R"({"a":[{"numeric":5}]})"), reason + "Value of numeric must be an array.");
  EXPECT_EQ(refusal(R"({"a":[{"numeric":["~",5]}]})"),
            reason + "Unrecognized numeric range operator: ~");
  EXPECT_EQ(refusal(R"({"a":[{"numeric":["<","5"]}]})"), reason + "Value of < must be numeric");
  EXPECT_EQ(refusal(R"({"a":[{"numeric":[">",5,"<",1]}]})"),
            reason + "Bottom must be less than top");
  EXPECT_EQ(refusal(R"({"a":[{"anything-but":["x",1]}]})"),
            reason +
                "Inside anything but list, either all values are number or string, mixed type is "
                "not supported");
}

}  // namespace
}  // namespace tidemill
