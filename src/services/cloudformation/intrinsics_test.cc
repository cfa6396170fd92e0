#include "services/cloudformation/intrinsics.h"

#include <gtest/gtest.h>

#include "services/cloudformation/parameters.h"
#include "wire/json.h"

namespace tidemill::cloudformation {
namespace {

class NothingExists : public References {
 public:
  std::optional<Document> ref(const std::string& id) const override {
    if (id == "Made") return Document("made-1");
    return std::nullopt;
  }
  Result<std::optional<Document>> attribute(const std::string& id,
                                            const std::string& name) const override {
    if (id != "Made") return std::optional<Document>();
    if (name == "Arn") return std::optional<Document>("arn:made-1");
    return errors::ValidationError("no attribute " + name);
  }
  std::optional<std::string> exported(const std::string& name) const override {
    if (name == "shared") return "there";
    return std::nullopt;
  }
};

constexpr const char* kTemplate = R"(
Parameters:
  Size: {Type: Number, Default: 2, MaxValue: 5}
  Names: {Type: CommaDelimitedList, Default: "a, b"}
Mappings: {Sizes: {big: {n: "9"}}}
Conditions:
  Many: !Not [!Equals [!Ref Size, "1"]]
  Loop: !Equals [{Condition: Loop}, "true"]
Resources:
  Made: {Type: A::B::C}
  New: {Type: A::B::C, DependsOn: Made}
)";

std::string resolved(const char* yaml_value) {
  const std::string text = std::string(kTemplate) + "Outputs: {X: {Value: " + yaml_value + "}}\n";
  const Result<Template> source = Template::parse(text);
  if (!source) return source.error().message;
  const auto values = parameter_values(*source, {}, {});
  if (!values) return values.error().message;
  const auto parameters = parameter_documents(*source, *values);
  const StackNames names{Scope{"123456789012", "eu-west-1"}, "shop", "arn:stack"};
  const NothingExists references;
  const Intrinsics intrinsics(*source, parameters, names, references);
  const Document* value = source->section("Outputs").find("X")->find("Value");
  const Result<Document> out = intrinsics.resolve(*value);
  return out ? to_json(*out) : out.error().message;
}

TEST(Intrinsics, ResolveNamesAndTexts) {
  EXPECT_EQ(resolved("!Ref Size"), "\"2\"");
  EXPECT_EQ(resolved("!Ref Names"), R"(["a","b"])");
  EXPECT_EQ(resolved("!Ref Made"), "\"made-1\"");
  EXPECT_EQ(resolved("!GetAtt Made.Arn"), "\"arn:made-1\"");
  EXPECT_EQ(resolved("!Sub '${AWS::StackName}-${Made.Arn}-${!x}'"), "\"shop-arn:made-1-${x}\"");
  EXPECT_EQ(resolved("!Sub ['${v}.${AWS::Region}', {v: !Ref Size}]"), "\"2.eu-west-1\"");
  EXPECT_EQ(resolved("!Join [':', [a, !Ref Size, !Ref 'AWS::AccountId']]"), "\"a:2:123456789012\"");
  EXPECT_EQ(resolved("!Select [1, !Split ['|', 'a|b']]"), "\"b\"");
  EXPECT_EQ(resolved("!FindInMap [Sizes, big, n]"), "\"9\"");
  EXPECT_EQ(resolved("!ImportValue shared"), "\"there\"");
  EXPECT_EQ(resolved("{'Fn::Base64': abc}"), "\"YWJj\"");
}

TEST(Intrinsics, LeaveOutNoValueAndFollowConditions) {
  EXPECT_EQ(resolved("{a: !If [Many, 1, 2], b: !Ref 'AWS::NoValue'}"), R"({"a":1})");
  EXPECT_EQ(resolved("!And [{Condition: Many}, !Equals [a, a]]"), "true");
}

TEST(Intrinsics, SayWhatIsNotKnownYet) {
  EXPECT_EQ(resolved("!Ref New"), '"' + std::string(kUnknown) + '"');
  EXPECT_EQ(resolved("!GetAtt New.Arn"), '"' + std::string(kUnknown) + '"');
}

TEST(Intrinsics, RefuseWhatDoesNotResolve) {
  EXPECT_NE(resolved("!Ref Nobody").find("Unresolved resource dependencies [Nobody]"),
            std::string::npos);
  EXPECT_NE(resolved("!ImportValue none").find("No export named none found."), std::string::npos);
  EXPECT_NE(resolved("!FindInMap [Sizes, small, n]").find("Unable to get mapping"),
            std::string::npos);
  EXPECT_NE(resolved("!Select [5, [a]]").find("nonexistent value"), std::string::npos);
  EXPECT_NE(resolved("{'Fn::Transform': {}}").find("not supported"), std::string::npos);
  EXPECT_NE(resolved("!If [Loop, 1, 2]").find("nested too deeply"), std::string::npos);
}

}  // namespace
}  // namespace tidemill::cloudformation
