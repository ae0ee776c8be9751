using Coordinator.ClientHost.Http;

namespace Coordinator.Tests.ClientHost;

public sealed class EncodedSlashesTests
{
    [Theory]
    [InlineData("public.\"a%2Fb\"", "/v1/tables/public.%22a%2Fb%22/rows", "public.\"a/b\"")]
    [InlineData("public.\"a%2fb\"", "/v1/tables/public.%22a%2fb%22/rows?x=%2F", "public.\"a/b\"")]
    [InlineData("public.\"a%2Fb\"", "/v1/tables/public.%22a%252Fb%22/rows", "public.\"a%2Fb\"")]
    [InlineData("a%2Fb%2Fc", "/v1/jobs/a%2Fb%252Fc/runs", "a/b%2Fc")]
    [InlineData("a%2Fb", "http://127.0.0.1:8081/v1/jobs/a%2Fb/runs", "a/b")]
    [InlineData("a%2Fb", "/v1/jobs/a%252Fb/runs?a%2Fb", "a%2Fb")]
    [InlineData("ü%2Fö", "/v1/jobs/%C3%BC%2F%C3%B6/runs", "ü/ö")]
    [InlineData("a%2Fb", "", "a%2Fb")]
    public void A_slash_is_decoded_where_it_was_sent_as_one(string value, string target, string decoded) =>
        Assert.Equal(decoded, EncodedSlashes.Decode(value, target));
}
