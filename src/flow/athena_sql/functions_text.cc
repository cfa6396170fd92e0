// https://trino.io/docs/current/functions/string.html, .../regexp.html, .../url.html,
// .../json.html,
// .../binary.html
#include "flow/athena_sql/functions.h"

namespace tidemill::athena_sql {

namespace {

constexpr FunctionRow kText[] = {
    {"chr", "bigint", "varchar", "chr(CAST({1} AS INTEGER))"},
    {"codepoint", "varchar", "integer", "unicode({1})"},
    {"ends_with", "varchar, varchar", "boolean", "ends_with({1}, {2})"},
    {"from_utf8", "varbinary", "varchar", "decode({1})"},
    {"hamming_distance", "varchar, varchar", "bigint", "CAST(hamming({1}, {2}) AS BIGINT)"},
    {"length", "varchar", "bigint", "length({1})"},
    {"length", "varbinary", "bigint", "octet_length({1})"},
    {"levenshtein_distance", "varchar, varchar", "bigint", "CAST(levenshtein({1}, {2}) AS BIGINT)"},
    {"lower", "varchar", "=1", "lower({1})"},
    {"lpad", "varchar, bigint, varchar", "varchar", "lpad({1}, CAST({2} AS INTEGER), {3})"},
    {"ltrim", "varchar", "=1", "ltrim({1})"},
    {"ltrim", "varchar, varchar", "=1", "ltrim({1}, {2})"},
    {"replace", "varchar, varchar", "varchar", "replace({1}, {2}, '')"},
    {"replace", "varchar, varchar, varchar", "varchar", "replace({1}, {2}, {3})"},
    {"reverse", "varchar", "=1", "reverse({1})"},
    {"rpad", "varchar, bigint, varchar", "varchar", "rpad({1}, CAST({2} AS INTEGER), {3})"},
    {"rtrim", "varchar", "=1", "rtrim({1})"},
    {"rtrim", "varchar, varchar", "=1", "rtrim({1}, {2})"},
    {"split", "varchar, varchar", "array(varchar)", "string_split({1}, {2})"},
    {"split", "varchar, varchar, bigint", "array(varchar)", "t_split({1}, {2}, {3})"},
    {"split_part", "varchar, varchar, bigint", "varchar", "t_split_part({1}, {2}, {3})"},
    {"split_to_map", "varchar, varchar, varchar", "map(varchar, varchar)",
     "map_from_entries(list_transform(string_split({1}, {2}), lambda e: {'k': split_part(e, {3}, "
     "1), 'v': split_part(e, {3}, 2)}))"},
    {"starts_with", "varchar, varchar", "boolean", "starts_with({1}, {2})"},
    {"strpos", "varchar, varchar", "bigint", "strpos({1}, {2})"},
    {"strrpos", "varchar, varchar", "bigint",
     "(CASE WHEN strpos({1}, {2}) = 0 THEN 0::BIGINT ELSE length({1}) - length({2}) - "
     "strpos(reverse({1}), reverse({2})) + 2 END)"},
    {"substr", "varchar, bigint", "varchar", "t_substr({1}, {2})"},
    {"substr", "varchar, bigint, bigint", "varchar", "t_substr({1}, {2}, {3})"},
    {"substring", "varchar, bigint", "varchar", "t_substr({1}, {2})"},
    {"substring", "varchar, bigint, bigint", "varchar", "t_substr({1}, {2}, {3})"},
    {"to_utf8", "varchar", "varbinary", "encode({1})"},
    {"translate", "varchar, varchar, varchar", "varchar", "translate({1}, {2}, {3})"},
    {"trim", "varchar", "=1", "trim({1})"},
    {"trim", "varchar, varchar", "=1", "trim({1}, {2})"},
    {"upper", "varchar", "=1", "upper({1})"},
    {"normalize", "varchar", "varchar", "nfc_normalize({1})"},
    {"concat_ws", "varchar, array(varchar)", "varchar",
     "(CASE WHEN {1} IS NULL THEN NULL ELSE array_to_string({2}, {1}) END)"},
    {"concat_ws", "varchar, varchar...", "varchar", "concat_ws({*})"},

    {"regexp_like", "varchar, varchar", "boolean", "regexp_matches({1}, {2})"},
    {"regexp_extract", "varchar, varchar", "varchar",
     "(CASE WHEN regexp_matches({1}, {2}) THEN regexp_extract({1}, {2}, 0) END)"},
    {"regexp_extract", "varchar, varchar, bigint", "varchar",
     "(CASE WHEN regexp_matches({1}, {2}) THEN regexp_extract({1}, {2}, CAST({3} AS INTEGER)) "
     "END)"},
    {"regexp_extract_all", "varchar, varchar", "array(varchar)", "regexp_extract_all({1}, {2})"},
    {"regexp_extract_all", "varchar, varchar, bigint", "array(varchar)",
     "regexp_extract_all({1}, {2}, CAST({3} AS INTEGER))"},
    {"regexp_replace", "varchar, varchar", "varchar", "regexp_replace({1}, {2}, '', 'g')"},
    {"regexp_replace", "varchar, varchar, varchar", "varchar",
     "regexp_replace({1}, {2}, regexp_replace({3}, '\\$(\\d)', '\\\\\\1', 'g'), 'g')"},
    {"regexp_count", "varchar, varchar", "bigint",
     "CAST(len(regexp_extract_all({1}, {2})) AS BIGINT)"},
    {"regexp_split", "varchar, varchar", "array(varchar)", "string_split_regex({1}, {2})"},

    {"url_extract_host", "varchar", "varchar",
     "nullif(regexp_extract({1}, '^[a-zA-Z][a-zA-Z0-9+.-]*://(?:[^/?#@]*@)?([^/?#:]+)', 1), '')"},
    {"url_extract_protocol", "varchar", "varchar",
     "nullif(regexp_extract({1}, '^([a-zA-Z][a-zA-Z0-9+.-]*):', 1), '')"},
    {"url_extract_path", "varchar", "varchar",
     "regexp_extract({1}, '^(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?(?://[^/?#]*)?([^?#]*)', 1)"},
    {"url_extract_query", "varchar", "varchar", "regexp_extract({1}, '\\?([^#]*)', 1)"},
    {"url_extract_fragment", "varchar", "varchar", "regexp_extract({1}, '#(.*)$', 1)"},
    {"url_extract_parameter", "varchar, varchar", "varchar",
     "(CASE WHEN regexp_matches({1}, '[?&]' || {2} || '=') THEN url_decode(regexp_extract({1}, "
     "'[?&]' || {2} || '=([^&#]*)', 1)) END)"},
    {"url_extract_port", "varchar", "bigint",
     "TRY_CAST(regexp_extract({1}, '^[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]*:(\\d+)', 1) AS BIGINT)"},
    {"url_encode", "varchar", "varchar", "url_encode({1})"},
    {"url_decode", "varchar", "varchar", "url_decode({1})"},

    {"json_parse", "varchar", "json", "CAST({1} AS JSON)"},
    {"json_format", "json", "varchar", "CAST({1} AS VARCHAR)"},
    {"json_extract", "varchar, varchar", "json", "json_extract({1}, {2})"},
    {"json_extract", "json, varchar", "json", "json_extract({1}, {2})"},
    {"json_extract_scalar", "varchar, varchar", "varchar",
     "TRY(CASE WHEN json_type({1}, {2}) NOT IN ('ARRAY', 'OBJECT') THEN json_extract_string({1}, "
     "{2}) END)"},
    {"json_extract_scalar", "json, varchar", "varchar",
     "TRY(CASE WHEN json_type({1}, {2}) NOT IN ('ARRAY', 'OBJECT') THEN json_extract_string({1}, "
     "{2}) END)"},
    {"json_array_length", "varchar", "bigint", "CAST(json_array_length({1}) AS BIGINT)"},
    {"json_array_length", "json", "bigint", "CAST(json_array_length({1}) AS BIGINT)"},
    {"json_array_get", "varchar, bigint", "json", "json_extract({1}, {2})"},
    {"json_array_get", "json, bigint", "json", "json_extract({1}, {2})"},
    {"json_size", "varchar, varchar", "bigint",
     "TRY(CASE json_type({1}, {2}) WHEN 'ARRAY' THEN CAST(json_array_length({1}, {2}) AS BIGINT) "
     "WHEN 'OBJECT' THEN len(json_keys({1}, {2})) ELSE 0 END)"},
    {"json_size", "json, varchar", "bigint",
     "TRY(CASE json_type({1}, {2}) WHEN 'ARRAY' THEN CAST(json_array_length({1}, {2}) AS BIGINT) "
     "WHEN 'OBJECT' THEN len(json_keys({1}, {2})) ELSE 0 END)"},
    {"is_json_scalar", "varchar", "boolean", "(json_type({1}) NOT IN ('ARRAY', 'OBJECT'))"},
    {"is_json_scalar", "json", "boolean", "(json_type({1}) NOT IN ('ARRAY', 'OBJECT'))"},
    {"json_array_contains", "varchar, varchar", "boolean",
     "list_contains(json_extract_string({1}, '$[*]'), {2})"},

    {"to_base64", "varbinary", "varchar", "to_base64({1})"},
    {"from_base64", "varchar", "varbinary", "from_base64({1})"},
    {"to_hex", "varbinary", "varchar", "hex({1})"},
    {"from_hex", "varchar", "varbinary", "unhex({1})"},
    {"md5", "varbinary", "varbinary", "unhex(md5({1}))"},
    {"sha1", "varbinary", "varbinary", "unhex(sha1({1}))"},
    {"sha256", "varbinary", "varbinary", "unhex(sha256({1}))"},
};

}  // namespace

std::span<const FunctionRow> text_functions() { return kText; }

}  // namespace tidemill::athena_sql
