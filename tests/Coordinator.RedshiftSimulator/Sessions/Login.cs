using System.Buffers.Binary;
using System.Text;
using Coordinator.RedshiftSimulator.Wire;

namespace Coordinator.RedshiftSimulator.Sessions;

/// <summary>The simulator's own check of a password, before the session below begins.</summary>
internal static class Login
{
    private const int ClearText = 3;

    // Redshift's own: https://github.com/aws/amazon-redshift-jdbc-driver, AUTH_REQ_DIGEST.
    private const int Digest = 13;

    private const string Refused = "28P01";

    /// <summary>False if the client was refused or left.</summary>
    public static async Task<bool> AdmitAsync(SimulatorOptions options, FrameStream client, string user, CancellationToken cancellationToken)
    {
        if (options.AsksForSha256)
        {
            // The algorithm, a salt, and the number of rounds.
            byte[] salt = [0, 0, 0, 0, 0, 0, 0, 4, 1, 2, 3, 4, 0, 0, 3, 232];
            await SendAsync(client, Request(Digest, salt), cancellationToken);
            return false;
        }

        if (options.IsPassword is not { } isPassword) return true;
        await SendAsync(client, Request(ClearText, []), cancellationToken);
        if (await client.ReadAsync(cancellationToken) is not { Type: 'p' } answer) return false;
        var at = 0;
        if (isPassword(answer.Text(ref at))) return true;
        var error = $"SFATAL\0C{Refused}\0Mpassword authentication failed for user \"{user}\"\0\0";
        await SendAsync(client, new Frame('E', Encoding.UTF8.GetBytes(error)), cancellationToken);
        return false;
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
