#include "input/mapping_flags.h"

#include <fmt/format.h>

#include "base/fault.h"
#include "base/file.h"
#include "document/yaml.h"

namespace tocsin::cli {

void MappingFlags::describe(Options& app) {
  app.add_option("--mapping", file_, "Which columns and words of the file mean what")
      ->type_name("FILE");
  app.add_option("--map", flags_, "The column of a field, such as name=\"Full Name\"")
      ->type_name("FIELD=HEADING")
      ->allow_extra_args(false);
}

roster::Mapping MappingFlags::read(std::span<const roster::Field> fields,
                                   document::Findings& findings) const {
  roster::Mapping mapping;
  if (!file_.empty())
    mapping = roster::parse_mapping(base::read_file(file_, document::Limits{}.size_bytes), file_,
                                    fields, findings);
  for (const std::string& flag : flags_) {
    if (mapping.add_flag(flag, fields)) continue;
    std::vector<std::string_view> names;
    for (const roster::Field& field : fields) names.push_back(field.name);
    throw base::Fault(base::Exit::usage, fmt::format("--map {} is not FIELD=HEADING", flag),
                      fmt::format("the fields are: {}", fmt::join(names, ", ")));
  }
  return mapping;
}

}  // namespace tocsin::cli
