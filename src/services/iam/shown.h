// Records in the shapes of IAM's answers, and the pages of its lists.
#pragma once

#include <algorithm>

#include "services/iam/records.h"
#include "shapes/iam/Policy.h"
#include "shapes/iam/PolicyVersion.h"
#include "shapes/iam/Role.h"
#include "shapes/iam/User.h"

namespace tidemill::iam {

Role show_role(const std::string& account, const RoleRecord& record);
// `attached`: to how many roles.
Policy show_policy(const PolicyRecord& record, size_t attached);
PolicyVersion show_version(const PolicyRecord& record, const PolicyVersionRecord& version);
User show_user(const std::string& account, const UserRecord& record);

std::vector<Tag> show_tags(const std::map<std::string, std::string>& tags);
std::map<std::string, std::string> read_tags(const std::optional<std::vector<Tag>>& tags);
// "name" of ".../name": what follows the last slash of an ARN.
std::string name_of_arn(const std::string& arn);

// Fills one page of `output.*list` from `all`; the marker is the index to begin with.
template <class In, class Out, class T>
Status fill_page(const In& input, Out& output, std::vector<T>& list, std::vector<T> all) {
  size_t begin = 0;
  if (input.Marker) {
    const std::string& marker = *input.Marker;
    if (marker.empty() || marker.size() > 9 ||
        marker.find_first_not_of("0123456789") != std::string::npos) {
      return errors::InvalidInput("Invalid Marker.");
    }
    begin = std::min<size_t>(std::stoul(marker), all.size());
  }
  const size_t end = std::min<size_t>(
      all.size(), begin + static_cast<size_t>(input.MaxItems.value_or(kPageDefault)));
  list.assign(std::make_move_iterator(all.begin() + static_cast<long>(begin)),
              std::make_move_iterator(all.begin() + static_cast<long>(end)));
  output.IsTruncated = end < all.size();
  if (end < all.size()) output.Marker = std::to_string(end);
  return ok();
}

}  // namespace tidemill::iam
