#include "services/cloudformation/template.h"

#include <gtest/gtest.h>

#include "services/cloudformation/template_text.h"
#include "wire/json.h"

namespace tidemill::cloudformation {
namespace {

std::string refusal(std::string_view text) {
  const Result<Template> source = Template::parse(text);
  return source ? "accepted" : source.error().message;
}

TEST(TemplateText, ReadsShortFormsOfYaml) {
  const Result<Document> root =
      parse_template_text("a: !Ref X\nb: !GetAtt X.Y.Z\nc: !Sub '${X}'\nd: '01'\ne: 1.50\n");
  ASSERT_TRUE(root);
  EXPECT_EQ(to_json(*root),
            R"({"a":{"Ref":"X"},"b":{"Fn::GetAtt":["X","Y.Z"]},"c":{"Fn::Sub":"${X}"},)"
            R"("d":"01","e":1.50})");
}

TEST(TemplateText, RefusesWhatIsNoTemplate) {
  EXPECT_FALSE(parse_template_text("a: [1"));
  EXPECT_FALSE(parse_template_text("just text"));
  EXPECT_FALSE(parse_template_text("{a: 1, a: 2}"));
  const std::string deep(500, '[');
  EXPECT_FALSE(parse_template_text("a: " + deep));
}

TEST(TemplateText, CountsTheNodesThatAliasesMake) {
  std::string bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n";
  for (int i = 1; i < 9; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int j = 0; j < 8; ++j) bomb += "," + before;
    bomb += "]\n";
  }
  EXPECT_FALSE(parse_template_text(bomb));
}

TEST(Template, SortsResourcesByWhatTheyMention) {
  const Result<Template> source = Template::parse(
      "Resources:\n  A: {Type: T, Properties: {x: !Sub '${B}/y'}}\n  B: {Type: T, DependsOn: C}\n"
      "  C: {Type: T}\n");
  ASSERT_TRUE(source);
  std::string order;
  for (const TemplateResource& resource : source->resources()) order += resource.logical_id;
  EXPECT_EQ(order, "CBA");
}

TEST(Template, RefusesInTheWordsOfAws) {
  EXPECT_EQ(refusal("{}"), "Template format error: At least one Resources member must be defined.");
  EXPECT_EQ(refusal("Resources: {A: {Properties: {}}}"),
            "Template format error: [/Resources/A] Every Resources object must contain a Type "
            "member.");
  EXPECT_EQ(refusal("Resources: {A: {Type: T, Properties: {x: !Ref B}}}"),
            "Template format error: Unresolved resource dependencies [B] in the Resources block of "
            "the template");
  EXPECT_EQ(refusal("Resources: {A: {Type: T, DependsOn: B}, B: {Type: T, DependsOn: A}}"),
            "Circular dependency between resources: [A, B]");
  EXPECT_NE(refusal("Transform: AWS::Serverless-2016-10-31\nResources: {A: {Type: T}}")
                .find("Transform is not supported"),
            std::string::npos);
}

}  // namespace
}  // namespace tidemill::cloudformation
