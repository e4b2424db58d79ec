/** The command that prints a list of every driver with a certain name or hash of each. */
import { listCommands, type System } from './commands.ts';
import type { Mark } from './marks.ts';

/** The one that prints the first of them that any command prints; null where none does. */
export function listCommandWith(marks: readonly Mark[], system: System): string | null {
  for (const mark of marks) {
    const command = printing[system][mark];
    if (command !== undefined) return command;
  }
  return null;
}

const devices =
  'Get-CimInstance Win32_PnPSignedDriver | Select-Object DeviceName, DriverName, DriverVersion, ' +
  'DriverProviderName, Manufacturer, InfName, HardWareID, CompatID, Signer | ConvertTo-Json';

/** What the usual command prints, and the hash that an administrator's tool reckons. */
const withAuthentihash = listCommands.windows.replace(
  / \| ConvertTo-Json$/,
  ', @{n="authentihashSha256";e={"$((Get-AppLockerFileInformation -Path $_.PathName).Hash.HashDataString)" -replace "^0x"}} | ConvertTo-Json',
);

const printing: Readonly<Record<System, Partial<Record<Mark, string>>>> = {
  windows: {
    file: listCommands.windows,
    path: listCommands.windows,
    service: listCommands.windows,
    inf: 'pnputil /enum-drivers',
    hardware: devices,
    compatible: devices,
    sha256: listCommands.windows,
    authentihash: withAuthentihash,
  },
  linux: {
    file: listCommands.linux,
    path: listCommands.linux,
    module: listCommands.linux,
    srcversion: listCommands.linux,
  },
  macos: { bundle: listCommands.macos },
};
