using Coordinator.Warehouse.Redshift.Credentials;

namespace Coordinator.Tests.Warehouses.Redshift.Credentials;

/// <summary>What AWS's services answer, in the forms of their documentation.</summary>
public sealed class AwsAnswerTests
{
    private static readonly DateTimeOffset Now = new(2016, 12, 8, 21, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_cluster_s_login_is_XML()
    {
        const string Answer = """
            <GetClusterCredentialsResponse xmlns="http://redshift.amazonaws.com/doc/2012-12-01/">
              <GetClusterCredentialsResult>
                <Expiration>2016-12-08T21:12:53Z</Expiration><DbUser>IAM:temp_creds_user</DbUser><DbPassword>a/b&amp;c=</DbPassword>
              </GetClusterCredentialsResult>
              <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>
            </GetClusterCredentialsResponse>
            """;
        var login = IamAnswer.OfXml(Answer, Now)!;
        Assert.Equal(("IAM:temp_creds_user", "a/b&c=", new TimeSpan(0, 12, 53)), (login.User, login.Password, login.Life));
        Assert.Null(IamAnswer.OfXml("<GetClusterCredentialsResponse/>", Now));
    }

    [Theory]
    [InlineData("1481231573.5", 773.5)]
    [InlineData("\"2016-12-08T21:12:53Z\"", 773)]
    public void A_workgroup_s_login_is_JSON(string expiration, double seconds)
    {
        var login = IamAnswer.OfJson($$"""{"dbUser":"IAMR:silo","dbPassword":"p","expiration":{{expiration}},"nextRefreshTime":1.0}""", Now)!;
        Assert.Equal(("IAMR:silo", "p", TimeSpan.FromSeconds(seconds)), (login.User, login.Password, login.Life));
        Assert.Null(IamAnswer.OfJson("{}", Now));
        Assert.Null(IamAnswer.OfJson("""{"dbUser":"IAMR:silo","dbPassword":"p"}""", Now)!.Life);
    }

    [Fact]
    public void A_secret_may_name_the_server_and_its_port_as_a_number_or_a_text()
    {
        const string Text = """{"engine":"redshift","host":"h","username":"u","password":"p","dbname":"d","port":""";
        Assert.All([Text + "5439}", Text + "\"5439\"}"], static text =>
        {
            var login = Secret(text)!;
            Assert.Equal(("u", "p", "h", 5439, "d"), (login.User, login.Password, login.Host, login.Port!.Value, login.Database));
        });
        Assert.Equal(("", null, ""), Secret("""{"username":"u","password":"p"}""") is { } few ? (few.Host, few.Port, few.Database) : default);
    }

    [Theory]
    [InlineData("hush")]
    [InlineData("[]")]
    [InlineData("""{"username":"u"}""")]
    [InlineData("""{"username":"","password":"p"}""")]
    public void A_secret_without_a_login_is_none(string text) => Assert.Null(Secret(text));

    [Theory]
    [InlineData("<ErrorResponse xmlns=\"x\"><Error><Type>Sender</Type><Code>ClusterNotFound</Code><Message>m</Message></Error></ErrorResponse>",
        "ClusterNotFound", "m", false)]
    [InlineData("<ErrorResponse><Error><Code>AccessDenied</Code><Message>m</Message></Error></ErrorResponse>", "AccessDenied", "m", true)]
    [InlineData("""{"__type":"com.amazon#AccessDeniedException","Message":"m"}""", "AccessDeniedException", "m", true)]
    [InlineData("""{"__type":"ResourceNotFoundException","message":"m"}""", "ResourceNotFoundException", "m", false)]
    [InlineData("{broken", "HTTP 503", "", false)]
    [InlineData("<html><body>Bad gateway", "HTTP 503", "", false)]
    [InlineData("", "HTTP 503", "", false)]
    public void An_error_has_its_code_in_either_protocol(string answer, string code, string message, bool isDenied)
    {
        var error = AwsError.Read(answer, 503);
        Assert.Equal((code, message, isDenied), (error.Code, error.Message, error.IsDenied));
    }

    private static Login? Secret(string text) =>
        SecretText.Read(System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { ["SecretString"] = text }));
}
