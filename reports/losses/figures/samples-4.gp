# Run: gnuplot -d samples-4.gp
set terminal svg size 900,754 dynamic noenhanced rounded background '#ffffff' font 'sans-serif,12'
set encoding utf8
set output 'samples-4.svg'
set multiplot
unset key
set border 3 lc rgb '#888888'
set tics nomirror scale 0.5 textcolor rgb '#333333' font ',11'
set label 'samples: regularizer = r1' at screen 0.013333, screen 0.97613 left font ',14' noenhanced
set label 'blue: samples    orange circles: true modes' at screen 0.013333, screen 0.9443 left font ',12' noenhanced
set border 15
unset tics
set style fill transparent solid 1 noborder
set lmargin at screen 0.013333
set rmargin at screen 0.23667
set tmargin at screen 0.89655
set bmargin at screen 0.6313
set title 'jeffrey' font ',12' offset 0,-0.7 noenhanced
unset logscale x
set xrange [-1.4765:1.4698]
set xtics ('-1' -1, '0' 0, '1' 1)
unset logscale y
set yrange [-1.4804:1.4513]
set ytics ('-1' -1, '0' 0, '1' 1)
unset tics
plot 'samples-4.dat' index 0 with points pt 6 ps 1 lw 1.2 lc rgb '#D55E00' notitle, \
  'samples-4.dat' index 1 using 1:2:(2.9464e-4):(0) with vectors nohead lw 2.6 lc rgb '#400072B2' notitle
unset label
unset arrow
set lmargin at screen 0.26333
set rmargin at screen 0.48667
set tmargin at screen 0.89655
set bmargin at screen 0.6313
set title 'softmax' font ',12' offset 0,-0.7 noenhanced
unset logscale x
set xrange [-1.4765:1.4698]
set xtics ('-1' -1, '0' 0, '1' 1)
unset logscale y
set yrange [-1.4804:1.4513]
set ytics ('-1' -1, '0' 0, '1' 1)
unset tics
plot 'samples-4.dat' index 2 with points pt 6 ps 1 lw 1.2 lc rgb '#D55E00' notitle, \
  'samples-4.dat' index 3 using 1:2:(2.9464e-4):(0) with vectors nohead lw 2.6 lc rgb '#400072B2' notitle
set lmargin at screen 0.51333
set rmargin at screen 0.73667
set tmargin at screen 0.89655
set bmargin at screen 0.6313
set title 'dual-contrastive' font ',12' offset 0,-0.7 noenhanced
unset logscale x
set xrange [-1.4765:1.4698]
set xtics ('-1' -1, '0' 0, '1' 1)
unset logscale y
set yrange [-1.4804:1.4513]
set ytics ('-1' -1, '0' 0, '1' 1)
unset tics
plot 'samples-4.dat' index 4 with points pt 6 ps 1 lw 1.2 lc rgb '#D55E00' notitle, \
  'samples-4.dat' index 5 using 1:2:(2.9464e-4):(0) with vectors nohead lw 2.6 lc rgb '#400072B2' notitle
set lmargin at screen 0.76333
set rmargin at screen 0.98667
set tmargin at screen 0.89655
set bmargin at screen 0.6313
set title 'kl-wgan' font ',12' offset 0,-0.7 noenhanced
unset logscale x
set xrange [-1.4765:1.4698]
set xtics ('-1' -1, '0' 0, '1' 1)
unset logscale y
set yrange [-1.4804:1.4513]
set ytics ('-1' -1, '0' 0, '1' 1)
unset tics
plot 'samples-4.dat' index 6 with points pt 6 ps 1 lw 1.2 lc rgb '#D55E00' notitle, \
  'samples-4.dat' index 7 using 1:2:(2.9464e-4):(0) with vectors nohead lw 2.6 lc rgb '#400072B2' notitle
set lmargin at screen 0.013333
set rmargin at screen 0.23667
set tmargin at screen 0.58886
set bmargin at screen 0.32361
set title 'gan-qp' font ',12' offset 0,-0.7 noenhanced
unset logscale x
set xrange [-1.4765:1.4698]
set xtics ('-1' -1, '0' 0, '1' 1)
unset logscale y
set yrange [-1.4804:1.4513]
set ytics ('-1' -1, '0' 0, '1' 1)
unset tics
plot 'samples-4.dat' index 8 with points pt 6 ps 1 lw 1.2 lc rgb '#D55E00' notitle, \
  'samples-4.dat' index 9 using 1:2:(2.9464e-4):(0) with vectors nohead lw 2.6 lc rgb '#400072B2' notitle
set lmargin at screen 0.26333
set rmargin at screen 0.48667
set tmargin at screen 0.58886
set bmargin at screen 0.32361
set title 'mmd' font ',12' offset 0,-0.7 noenhanced
unset logscale x
set xrange [-1.4765:1.4698]
set xtics ('-1' -1, '0' 0, '1' 1)
unset logscale y
set yrange [-1.4804:1.4513]
set ytics ('-1' -1, '0' 0, '1' 1)
unset tics
plot 'samples-4.dat' index 10 with points pt 6 ps 1 lw 1.2 lc rgb '#D55E00' notitle, \
  'samples-4.dat' index 11 using 1:2:(2.9464e-4):(0) with vectors nohead lw 2.6 lc rgb '#400072B2' notitle
set lmargin at screen 0.51333
set rmargin at screen 0.73667
set tmargin at screen 0.58886
set bmargin at screen 0.32361
set title 'scaled-mmd (21 of 250 outside)' font ',12' offset 0,-0.7 noenhanced
unset logscale x
set xrange [-1.4765:1.4698]
set xtics ('-1' -1, '0' 0, '1' 1)
unset logscale y
set yrange [-1.4804:1.4513]
set ytics ('-1' -1, '0' 0, '1' 1)
unset tics
plot 'samples-4.dat' index 12 with points pt 6 ps 1 lw 1.2 lc rgb '#D55E00' notitle, \
  'samples-4.dat' index 13 using 1:2:(2.9464e-4):(0) with vectors nohead lw 2.6 lc rgb '#400072B2' notitle
set lmargin at screen 0.76333
set rmargin at screen 0.98667
set tmargin at screen 0.58886
set bmargin at screen 0.32361
set title 'cramer (8 of 250 outside)' font ',12' offset 0,-0.7 noenhanced
unset logscale x
set xrange [-1.4765:1.4698]
set xtics ('-1' -1, '0' 0, '1' 1)
unset logscale y
set yrange [-1.4804:1.4513]
set ytics ('-1' -1, '0' 0, '1' 1)
unset tics
plot 'samples-4.dat' index 14 with points pt 6 ps 1 lw 1.2 lc rgb '#D55E00' notitle, \
  'samples-4.dat' index 15 using 1:2:(2.9464e-4):(0) with vectors nohead lw 2.6 lc rgb '#400072B2' notitle
set lmargin at screen 0.013333
set rmargin at screen 0.23667
set tmargin at screen 0.28117
set bmargin at screen 0.015915
set title 'ebgan' font ',12' offset 0,-0.7 noenhanced
unset logscale x
set xrange [-1.4765:1.4698]
set xtics ('-1' -1, '0' 0, '1' 1)
unset logscale y
set yrange [-1.4804:1.4513]
set ytics ('-1' -1, '0' 0, '1' 1)
unset tics
plot 'samples-4.dat' index 16 with points pt 6 ps 1 lw 1.2 lc rgb '#D55E00' notitle, \
  'samples-4.dat' index 17 using 1:2:(2.9464e-4):(0) with vectors nohead lw 2.6 lc rgb '#400072B2' notitle
set lmargin at screen 0.26333
set rmargin at screen 0.48667
set tmargin at screen 0.28117
set bmargin at screen 0.015915
set title 'began' font ',12' offset 0,-0.7 noenhanced
unset logscale x
set xrange [-1.4765:1.4698]
set xtics ('-1' -1, '0' 0, '1' 1)
unset logscale y
set yrange [-1.4804:1.4513]
set ytics ('-1' -1, '0' 0, '1' 1)
unset tics
plot 'samples-4.dat' index 18 with points pt 6 ps 1 lw 1.2 lc rgb '#D55E00' notitle, \
  'samples-4.dat' index 19 using 1:2:(2.9464e-4):(0) with vectors nohead lw 2.6 lc rgb '#400072B2' notitle
set lmargin at screen 0.51333
set rmargin at screen 0.73667
set tmargin at screen 0.28117
set bmargin at screen 0.015915
set title 'infomax' font ',12' offset 0,-0.7 noenhanced
unset logscale x
set xrange [-1.4765:1.4698]
set xtics ('-1' -1, '0' 0, '1' 1)
unset logscale y
set yrange [-1.4804:1.4513]
set ytics ('-1' -1, '0' 0, '1' 1)
unset tics
plot 'samples-4.dat' index 20 with points pt 6 ps 1 lw 1.2 lc rgb '#D55E00' notitle, \
  'samples-4.dat' index 21 using 1:2:(2.9464e-4):(0) with vectors nohead lw 2.6 lc rgb '#400072B2' notitle
unset multiplot
set output
