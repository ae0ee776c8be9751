using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Coordinator.RedshiftSimulator.Wire;

namespace Coordinator.RedshiftSimulator.Sessions;

/// <summary>The simulator's own check of a password, before the session below begins.</summary>
internal static class Login
{
    private const int ClearText = 3;
    private const int Md5 = 5;

    // Redshift's own: https://github.com/aws/amazon-redshift-jdbc-driver, AUTH_REQ_DIGEST.
    private const int Digest = 13;

    // amazon-redshift-jdbc-driver#21: Redshift has the SQLSTATE of PostgreSQL 8.0.
    private const string Refused = "28000";

    /// <summary>False if the client was refused or left.</summary>
    public static async Task<bool> AdmitAsync(
        SimulatorOptions options, FrameStream client, string user, bool isTls, CancellationToken cancellationToken)
    {
        if (options.AsksForSha256)
        {
            // The algorithm, a salt, and the number of rounds.
            byte[] request = [0, 0, 0, 0, 0, 0, 0, 4, 1, 2, 3, 4, 0, 0, 3, 232];
            await SendAsync(client, Request(Digest, request), cancellationToken);
            return false;
        }

        if (options.PasswordsOf is not { } passwordsOf) return true;
        var salt = RandomNumberGenerator.GetBytes(4);
        await SendAsync(client, options.AsksForMd5 ? Request(Md5, salt) : Request(ClearText, []), cancellationToken);
        if (await client.ReadAsync(cancellationToken) is not { Type: 'p' } answer) return false;
        var at = 0;
        var given = answer.Text(ref at);
        var passwords = isTls || !IsTemporary(user) ? passwordsOf(user) : [];
        if (passwords.Any(password => given == (options.AsksForMd5 ? DigestOf(user, password, salt) : password))) return true;
        var error = $"SFATAL\0C{Refused}\0Mpassword authentication failed for user \"{user}\"\0\0";
        await SendAsync(client, new Frame('E', Encoding.UTF8.GetBytes(error)), cancellationToken);
        return false;
    }

    /// <summary>A user with a temporary password. It is refused without TLS, in the same words (node-postgres#1528).</summary>
    private static bool IsTemporary(string user) =>
        user.StartsWith("IAM:", StringComparison.Ordinal) || user.StartsWith("IAMR:", StringComparison.Ordinal);

    /// <summary>As PostgreSQL's protocol has it: the digest of password and user, and the digest of that and the salt.</summary>
    private static string DigestOf(string user, string password, byte[] salt)
    {
#pragma warning disable CA5351 // The protocol defines it.
        var kept = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(password + user)));
        return "md5" + Convert.ToHexStringLower(MD5.HashData([.. Encoding.ASCII.GetBytes(kept), .. salt]));
#pragma warning restore CA5351
    }

    private static Frame Request(int method, byte[] rest)
    {
        var body = new byte[4 + rest.Length];
        BinaryPrimitives.WriteInt32BigEndian(body, method);
        rest.CopyTo(body, 4);
        return new Frame('R', body);
    }

    private static async Task SendAsync(FrameStream client, Frame frame, CancellationToken cancellationToken)
    {
        await client.WriteAsync(frame, cancellationToken);
        await client.FlushAsync(cancellationToken);
    }
}
